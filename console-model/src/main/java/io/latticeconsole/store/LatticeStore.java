package io.latticeconsole.store;

import io.latticeconsole.telemetry.SampleLane;
import io.latticeconsole.telemetry.SampleStore;
import io.latticeconsole.telemetry.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The only writer of [ConsoleState]: one thread, `lattice-store`, applies [ConsoleReducer] to what the wire offers and
/// publishes the newest state.
///
/// [#state] is free to call from any thread and never blocks. Listeners are called on the store's thread, once for
/// everything that had queued up (newest wins); they must hand over and return. The queue is bounded: when it is full,
/// [#offer] refuses snapshots and deltas, and the wire answers with a resync. A defect in a reducer or a listener is
/// logged and counted ([#failures]); the thread goes on.
public final class LatticeStore implements AutoCloseable {
    /// Inputs that may wait.
    public static final int QUEUE_CAPACITY = 20_000;

    private static final System.Logger LOG = System.getLogger(LatticeStore.class.getName());

    private sealed interface Task {
        record Apply(ConsoleInput input) implements Task {}

        record Stop() implements Task {}
    }

    private final SampleLane samples;
    private final int capacity;
    private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<Consumer<ConsoleState>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, NodeIndexes> indexes = new HashMap<>();
    private final AtomicLong failures = new AtomicLong();
    private volatile ConsoleState state = ConsoleState.EMPTY;

    /// A store with its two running threads (state and samples).
    public static LatticeStore start() {
        return start(QUEUE_CAPACITY);
    }

    static LatticeStore start(int capacity) {
        LatticeStore store = new LatticeStore(SampleLane.start(), capacity);
        Thread.ofPlatform().name("lattice-store").daemon(true).start(store::run);
        return store;
    }

    private LatticeStore(SampleLane samples, int capacity) {
        this.samples = samples;
        this.capacity = capacity;
    }

    /// The newest state; immutable.
    public ConsoleState state() {
        return state;
    }

    /// The newest samples, to read by copy.
    public SampleStore samples() {
        return samples.store();
    }

    /// Where the wire puts samples, past the reducer.
    public SampleLane sampleLane() {
        return samples;
    }

    /// Defects that the store survived; each is in the log.
    public long failures() {
        return failures.get() + samples.failures();
    }

    /// Calls back on the store's thread with every newly published state until closed.
    public Subscription subscribe(Consumer<ConsoleState> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Queues an input; any thread, never blocks.
    ///
    /// @return false if the queue is full and the input, a snapshot or delta, was not taken
    public boolean offer(ConsoleInput input) {
        boolean bulky = input instanceof ConsoleInput.SnapshotTaken || input instanceof ConsoleInput.DeltaReceived;
        if (bulky && queue.size() >= capacity) {
            return false;
        }
        return queue.add(new Task.Apply(input));
    }

    private void run() {
        try {
            boolean open = true;
            List<Task> batch = new ArrayList<>();
            while (open) {
                batch.add(queue.take());
                queue.drainTo(batch);
                ConsoleState before = state;
                ConsoleState next = before;
                for (Task task : batch) {
                    switch (task) {
                        case Task.Apply(ConsoleInput input) -> next = applied(next, input);
                        case Task.Stop() -> open = false;
                    }
                }
                batch.clear();
                if (next.version() != before.version()) {
                    publish(next);
                }
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.ERROR, "the store's thread was interrupted: the console stands still", e);
        }
    }

    private ConsoleState applied(ConsoleState before, ConsoleInput input) {
        try {
            ConsoleState next = ConsoleReducer.apply(before, input);
            publishTables(input, before, next);
            return next;
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.log(System.Logger.Level.ERROR, "an input of " + input.address() + " could not be applied", e);
            return before;
        }
    }

    @SuppressWarnings("ReferenceEquality") // immutable: unchanged is the same one
    private void publishTables(ConsoleInput input, ConsoleState before, ConsoleState next) {
        boolean changed = switch (input) {
            case ConsoleInput.SnapshotTaken i -> of(input).apply(i.epoch(), i.nodeTableRevision(), true, i.facts());
            case ConsoleInput.DeltaReceived i -> of(input).apply(i.epoch(), i.nodeTableRevision(), false, i.facts());
            case ConsoleInput.EndpointDropped i -> {
                indexes.remove(i.address());
                yield false;
            }
            case ConsoleInput.EndpointSought _,
                    ConsoleInput.LinkChanged _,
                    ConsoleInput.EndpointDescribed _,
                    ConsoleInput.CertificateSeen _,
                    ConsoleInput.ClockHeard _,
                    ConsoleInput.EventsFetched _,
                    ConsoleInput.MessagesRejected _ -> false;
        };
        if (before.ownership() != next.ownership()) {
            indexes.forEach((address, table) -> publishTable(address, table, next));
        } else if (changed) {
            publishTable(input.address(), of(input), next);
        }
    }

    private NodeIndexes of(ConsoleInput input) {
        return indexes.computeIfAbsent(input.address(), _ -> new NodeIndexes());
    }

    private void publishTable(String address, NodeIndexes table, ConsoleState of) {
        samples.table(address, table.epoch(), table.revision(), table.dense(address, of));
    }

    private void publish(ConsoleState next) {
        state = next;
        for (Consumer<ConsoleState> listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException e) {
                failures.incrementAndGet();
                LOG.log(System.Logger.Level.ERROR, "a listener of the store failed; the others go on", e);
            }
        }
    }

    /// Ends both threads; what is offered later is not applied.
    @Override
    public void close() {
        queue.add(new Task.Stop());
        samples.close();
    }
}
