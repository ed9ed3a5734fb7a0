package io.latticeconsole.telemetry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one thread that writes a [SampleStore], fed from any thread without blocking it.
///
/// At most [#MAX_WAITING] batches of an endpoint wait; then the oldest gives way to the newest. Tables are
/// never dropped and keep their order among the batches. Closing ends the thread; what is offered later is
/// ignored.
public final class SampleLane implements AutoCloseable {
    static final int MAX_WAITING = 8;
    private static final System.Logger LOG = System.getLogger(SampleLane.class.getName());

    @SuppressWarnings("ArrayRecordComponent") // a node table is handed over, never changed
    private sealed interface Entry {
        record Batch(String endpoint, SampleBatch batch, Instant heard, int outOfRange) implements Entry {}

        record Table(String endpoint, String epoch, long revision, int[] dense) implements Entry {}

        record Past(int node, Metric metric, long until, float[] values) implements Entry {}
    }

    private final SampleStore store = new SampleStore();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Entry> queue = new ArrayDeque<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private long conflated;
    private boolean closed;
    private final AtomicLong failures = new AtomicLong();

    /// A lane with a running thread.
    public static SampleLane start() {
        SampleLane lane = new SampleLane();
        Thread.ofPlatform().name("lattice-samples").daemon(true).start(lane::run);
        return lane;
    }

    private SampleLane() {}

    public SampleStore store() {
        return store;
    }

    /// Batches that could not be written because of a defect; each is in the log.
    public long failures() {
        return failures.get();
    }

    /// Takes a batch with the count of its values that were out of range; `heard` is the console's wall time.
    public void offer(String endpoint, SampleBatch batch, Instant heard, int outOfRange) {
        lock.lock();
        try {
            if (waiting.merge(endpoint, 1, Integer::sum) > MAX_WAITING) {
                dropOldest(endpoint);
            }
            queue.add(new Entry.Batch(endpoint, batch, heard, outOfRange));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// An endpoint's node table of that revision: its index i is the console's index `dense[i]`, -1 for none. The array
    /// must not change afterwards.
    public void table(String endpoint, String epoch, long revision, int[] dense) {
        lock.lock();
        try {
            queue.add(new Entry.Table(endpoint, epoch, revision, dense));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// What an endpoint remembers of a node of the console's index: one value for each second up to `until` (since
    /// 1970,
    /// the console's wall time), oldest first, NaN where it has none. The array must not change afterwards.
    public void past(int node, Metric metric, long until, float[] values) {
        lock.lock();
        try {
            queue.add(new Entry.Past(node, metric, until, values));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void dropOldest(String endpoint) {
        Iterator<Entry> entries = queue.iterator();
        while (entries.hasNext()) {
            if (entries.next() instanceof Entry.Batch batch && batch.endpoint().equals(endpoint)) {
                entries.remove();
                waiting.merge(endpoint, -1, Integer::sum);
                conflated++;
                return;
            }
        }
    }

    private void run() {
        try {
            while (true) {
                Entry entry = take();
                if (entry == null) {
                    return;
                }
                write(entry);
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.ERROR, "the lane of samples was interrupted: samples stand still", e);
        }
    }

    private void write(Entry entry) {
        try {
            switch (entry) {
                case Entry.Batch b -> store.write(b.endpoint(), b.batch(), b.heard(), b.outOfRange());
                case Entry.Past p -> store.remember(p.node(), p.metric(), p.until(), p.values());
                case Entry.Table t -> store.table(t.endpoint(), t.epoch(), t.revision(), t.dense());
            }
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.log(System.Logger.Level.ERROR, "samples could not be written; the next ones are", e);
        }
    }

    private @Nullable Entry take() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.await();
            }
            for (; conflated > 0; conflated--) {
                store.countConflated();
            }
            Entry entry = closed ? null : queue.poll();
            if (entry instanceof Entry.Batch batch) {
                waiting.merge(batch.endpoint(), -1, Integer::sum);
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            waiting.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
