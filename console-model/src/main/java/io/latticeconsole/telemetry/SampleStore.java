package io.latticeconsole.telemetry;

import io.latticeconsole.lattice.ModelId;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/// The newest samples of every node in columns by the console's dense node index ([io.latticeconsole.store]'s
/// `NodeTable`), five minutes of history, and the newest traffic of every ingress.
///
/// One lane writes ([SampleLane]); any thread reads by copy and never waits longer than one batch takes to write.
/// Endpoints number their nodes by themselves: a batch is written through the table that the endpoint's snapshot gave
/// ([#table]). A batch that needs a newer table waits, the newest one kept; one of another epoch is dropped and
/// counted. For the memory that history takes see [SampleRings].
public final class SampleStore {
    /// How many seconds of history there are.
    public static final int HISTORY_SECONDS = SampleRings.SECONDS;

    private static final System.Logger LOG = System.getLogger(SampleStore.class.getName());

    /// The four metrics with an expected band, in the order in which batches carry them.
    private static final Metric[] BANDED = {
        Metric.UTILIZATION, Metric.TEMPERATURE_CELSIUS, Metric.POWER_WATTS, Metric.LATENCY_MS
    };

    @SuppressWarnings("ArrayRecordComponent") // a node table is handed over, never changed
    private record Table(String epoch, long revision, int[] dense) {}

    private record Waiting(SampleBatch batch, Instant heard, int outOfRange) {}

    private final StampedLock lock = new StampedLock();
    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, Waiting> waiting = new HashMap<>();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final SampleRings rings = new SampleRings();
    private final TrafficBoard traffic = new TrafficBoard();
    private final float[][] latest = new float[Metric.COUNT][0];
    private final float[][] low = new float[BANDED.length][0];
    private final float[][] high = new float[BANDED.length][0];
    private long[] heardMillis = new long[0];
    private volatile int size;
    private volatile SampleCounts counts = SampleCounts.NONE;

    /// Number of nodes that have a place, from 0 on; the length that copies need.
    public int size() {
        return size;
    }

    /// Copies the newest values of a metric, NaN where there is no reading; `target` beyond [#size] is left alone.
    ///
    /// @return how many values were copied
    public int copyLatest(Metric metric, float[] target) {
        return read(() -> copy(latest[metric.column()], target));
    }

    /// Copies the expected bands of a metric, NaN where nothing is expected.
    ///
    /// @throws IllegalArgumentException for a metric other than utilization, temperature, power and latency
    public int copyExpected(Metric metric, float[] lowTarget, float[] highTarget) {
        int band = Arrays.asList(BANDED).indexOf(metric);
        if (band < 0) {
            throw new IllegalArgumentException(
                    metric + " has no expected band; those that have: " + Arrays.toString(BANDED));
        }
        return read(() -> {
            copy(low[band], lowTarget);
            return copy(high[band], highTarget);
        });
    }

    /// Copies when each node's last reading was heard: the console's wall time in ms since 1970, 0 if never.
    public int copyLastHeard(long[] target) {
        return read(() -> {
            int n = Math.min(heardMillis.length, target.length);
            System.arraycopy(heardMillis, 0, target, 0, n);
            return n;
        });
    }

    /// One node's newest value, NaN if there is none.
    public float latest(int node, Metric metric) {
        return node < 0 || node >= size ? Float.NaN : read(() -> latest[metric.column()][node]);
    }

    /// Fills `target` with a node's last seconds, one value each, oldest first. Its last element is the newest
    /// second of the whole store, so that a node that fell silent ends in NaN. At most [#HISTORY_SECONDS] are
    /// kept; [SampleRings] says for which metrics, the rest is NaN.
    ///
    /// @return the second since 1970 of the last element, 0 before the first sample
    public long copySeries(int node, Metric metric, float[] target) {
        return read(() -> rings.copy(Math.max(node, 0), metric, target));
    }

    /// The newest traffic of every ingress by endpoint address.
    public Map<String, Traffic> traffic() {
        return traffic.byEndpoint();
    }

    /// Flows as observed by the ingresses heard since that time.
    public List<FlowSample> flows(Instant since) {
        return traffic.flows(since);
    }

    /// Each model's summary over the ingresses heard since that time, by model name.
    public Map<ModelId, ModelSummary> models(Instant since) {
        return traffic.models(since);
    }

    /// The ledger over all ingresses that ever told theirs.
    public LedgerTotals ledger() {
        return traffic.ledger();
    }

    public SampleCounts counts() {
        return counts;
    }

    /// Calls back on the writing lane after each batch; it must not block. Newest wins: read what is there.
    public Subscription subscribe(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// From now on an endpoint's index i is the console's `dense[i]`, -1 where there is no such node. Writing lane.
    void table(String endpoint, String epoch, long revision, int[] dense) {
        Table former = tables.put(endpoint, new Table(epoch, revision, dense));
        locked(() -> {
            grow(Arrays.stream(dense).max().orElse(-1) + 1);
            if (former != null) {
                forget(former.dense(), dense);
            }
        });
        Waiting held = waiting.remove(endpoint);
        if (held != null) {
            write(endpoint, held.batch(), held.heard(), held.outOfRange());
        }
    }

    /// Writes a batch, or keeps it until its table comes. Writing lane.
    void write(String endpoint, SampleBatch batch, Instant heard, int outOfRange) {
        Table table = tables.get(endpoint);
        if (table == null || (table.epoch().equals(batch.epoch()) && table.revision() < batch.nodeTableRevision())) {
            Waiting replaced = waiting.put(endpoint, new Waiting(batch, heard, outOfRange));
            count(new SampleCounts(0, 0, 0, replaced == null ? 0 : 1, 0));
            return;
        }
        if (!table.epoch().equals(batch.epoch())) {
            count(new SampleCounts(0, 0, 1, 0, 0));
            return;
        }
        int[] dense = table.dense();
        int[] unknown = {0};
        locked(() -> unknown[0] = writeRows(batch, dense, heard));
        count(new SampleCounts(batch.nodeIndex().length, outOfRange, 0, 0, unknown[0]));
        traffic.take(endpoint, batch, heard);
        listeners.forEach(SampleStore::call);
    }

    /// Enters what an endpoint remembers of a node, one value for each second up to `until` (since 1970, the console's
    /// wall time), oldest first. Writing lane.
    void remember(int node, Metric metric, long until, float[] values) {
        locked(() -> {
            grow(node + 1);
            rings.remember(node, metric, until, values);
        });
    }

    /// Counts a batch that a newer one replaced before it was written. Writing lane.
    void countConflated() {
        count(new SampleCounts(0, 0, 0, 1, 0));
    }

    private void count(SampleCounts more) {
        counts = counts.plus(more);
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a listener of samples failed; the others go on", e);
        }
    }

    private int writeRows(SampleBatch batch, int[] dense, Instant heard) {
        int[] index = batch.nodeIndex();
        int[] places = new int[index.length];
        int unknown = 0;
        for (int row = 0; row < index.length; row++) {
            places[row] = index[row] < dense.length ? dense[index[row]] : -1;
            unknown += places[row] < 0 ? 1 : 0;
        }
        for (int c = 0; c < latest.length; c++) {
            scatter(batch.columns()[c], 0, 1, places, latest[c]);
        }
        for (int band = 0; band < BANDED.length; band++) {
            scatter(batch.expectedLow(), band, BANDED.length, places, low[band]);
            scatter(batch.expectedHigh(), band, BANDED.length, places, high[band]);
        }
        long millis = heard.toEpochMilli();
        float[][] columns = batch.columns();
        for (int row = 0; row < places.length; row++) {
            if (places[row] >= 0 && hasReading(columns, row)) {
                heardMillis[places[row]] = millis;
                rings.write(places[row], Math.floorDiv(millis, 1000L), columns, row);
            }
        }
        return unknown;
    }

    // A gateway keeps naming a node that says nothing; only a value is a sign of life.
    private static boolean hasReading(float[][] columns, int row) {
        for (float[] column : columns) {
            if (column.length > 0 && !Float.isNaN(column[row])) {
                return true;
            }
        }
        return false;
    }

    private static void scatter(float[] values, int offset, int stride, int[] places, float[] target) {
        boolean absent = values.length == 0;
        for (int row = 0; row < places.length; row++) {
            int place = places[row];
            if (place >= 0) {
                target[place] = absent ? Float.NaN : values[row * stride + offset];
            }
        }
    }

    private void grow(int nodes) {
        int former = heardMillis.length;
        if (nodes <= former) {
            return;
        }
        for (float[][] columns : new float[][][] {latest, low, high}) {
            for (int c = 0; c < columns.length; c++) {
                columns[c] = Arrays.copyOf(columns[c], nodes);
                Arrays.fill(columns[c], former, nodes, Float.NaN);
            }
        }
        heardMillis = Arrays.copyOf(heardMillis, nodes);
        rings.grow(nodes);
        size = nodes;
    }

    private void forget(int[] former, int[] present) {
        boolean[] kept = new boolean[size];
        Arrays.stream(present).filter(i -> i >= 0).forEach(i -> kept[i] = true);
        Arrays.stream(former).filter(i -> i >= 0 && !kept[i]).forEach(i -> {
            for (float[][] columns : new float[][][] {latest, low, high}) {
                for (float[] column : columns) {
                    column[i] = Float.NaN;
                }
            }
            heardMillis[i] = 0;
        });
    }

    private static int copy(float[] source, float[] target) {
        int n = Math.min(source.length, target.length);
        System.arraycopy(source, 0, target, 0, n);
        return n;
    }

    private void locked(Runnable write) {
        long stamp = lock.writeLock();
        try {
            write.run();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private <T> T read(Supplier<T> copy) {
        long stamp = lock.readLock();
        try {
            return copy.get();
        } finally {
            lock.unlockRead(stamp);
        }
    }
}
