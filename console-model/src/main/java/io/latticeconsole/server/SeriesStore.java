package io.latticeconsole.server;

import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import java.util.Arrays;

/// The last hour of every metric of every node in lattice time: one value per second while that fits a budget
/// of bytes, else means over the shortest whole number of seconds that does. Values are kept as 16-bit floats,
/// so to 0.05 %. A node that joins beyond the budget makes the resolution coarser and starts the history over.
/// One thread.
@SuppressWarnings("EnumOrdinal") // columns of a batch are by ordinal
final class SeriesStore {
    static final int SPAN_SECONDS = 3600;
    private static final int METRICS = Metric.values().length;
    private static final int BYTES_PER_VALUE = 2;
    /// Divisor that brings a metric into the range of a 16-bit float (65,504) with the precision unchanged.
    private static final float[] SCALE = scales();

    private final long budgetBytes;
    private int nodes;
    private int resolution;
    private int slots;
    private short[] values = new short[0];
    private float[] sums = new float[0];
    private short[] counts = new short[0];
    private long openSlot = Long.MIN_VALUE;
    private long firstSlot = Long.MIN_VALUE;

    SeriesStore(long budgetBytes) {
        this.budgetBytes = budgetBytes;
        layOut(1);
    }

    /// Lays out memory for that many nodes; what was recorded is gone.
    void expect(int count) {
        layOut(Math.max(1, count));
    }

    int resolutionSeconds() {
        return resolution;
    }

    /// What the history takes, the second that is being filled included.
    long bytes() {
        return (long) nodes * METRICS * (BYTES_PER_VALUE * slots() + Float.BYTES + Short.BYTES);
    }

    private int slots() {
        return Math.ceilDiv(SPAN_SECONDS, resolution);
    }

    /// The lattice second at which the oldest kept slot begins, 0 while nothing was recorded.
    long oldestSecond() {
        return openSlot == Long.MIN_VALUE ? 0 : Math.max(firstSlot, openSlot - slots + 1) * resolution;
    }

    /// The lattice second at which the newest slot ends, exclusive, 0 while nothing was recorded.
    long endSecond() {
        return openSlot == Long.MIN_VALUE ? 0 : (openSlot + 1) * resolution;
    }

    void add(SampleBatch batch) {
        int highest = -1;
        for (int index : batch.nodeIndex()) {
            highest = Math.max(highest, index);
        }
        if (highest >= nodes) {
            layOut(highest + 1);
        }
        long slot = Math.floorDiv(batch.latticeTime().getEpochSecond(), resolution);
        if (slot < openSlot) {
            return; // lattice time never runs back within an epoch; a late batch has nothing to add
        }
        if (slot > openSlot) {
            open(slot);
        }
        for (int metric = 0; metric < METRICS; metric++) {
            addColumn(metric, batch.nodeIndex(), batch.columns()[metric]);
        }
    }

    private void addColumn(int metric, int[] nodeIndex, float[] column) {
        for (int i = 0; i < column.length; i++) {
            float value = column[i];
            if (!Float.isNaN(value)) {
                int at = nodeIndex[i] * METRICS + metric;
                sums[at] += value;
                counts[at]++;
            }
        }
    }

    /// Means of one node's metric over `step` slots each, `count` of them, the first one beginning at a lattice second
    /// that is a multiple of the resolution; NaN where there is no reading.
    float[] read(int node, Metric metric, long fromSecond, int step, int count) {
        float[] means = new float[count];
        long slot = fromSecond / resolution;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            int present = 0;
            for (int k = 0; k < step; k++, slot++) {
                float value = value(node, metric.ordinal(), slot);
                if (!Float.isNaN(value)) {
                    sum += value;
                    present++;
                }
            }
            means[i] = present == 0 ? Float.NaN : (float) (sum / present);
        }
        return means;
    }

    private float value(int node, int metric, long slot) {
        if (node >= nodes || slot > openSlot || slot < firstSlot || slot <= openSlot - slots) {
            return Float.NaN;
        }
        int at = node * METRICS + metric;
        if (slot == openSlot) {
            return counts[at] == 0 ? Float.NaN : sums[at] / counts[at];
        }
        return Float.float16ToFloat(values[at * slots + Math.floorMod(slot, slots)]) * SCALE[metric];
    }

    private void open(long slot) {
        short none = Float.floatToFloat16(Float.NaN);
        if (openSlot == Long.MIN_VALUE) {
            firstSlot = slot;
        } else {
            close(none);
            long gapFrom = Math.max(openSlot + 1, slot - slots);
            for (long gap = gapFrom; gap < slot; gap++) {
                clear(gap, none);
            }
        }
        openSlot = slot;
        Arrays.fill(sums, 0);
        Arrays.fill(counts, (short) 0);
    }

    private void close(short none) {
        int column = Math.floorMod(openSlot, slots);
        for (int at = 0; at < sums.length; at++) {
            values[at * slots + column] =
                    counts[at] == 0 ? none : Float.floatToFloat16(sums[at] / counts[at] / SCALE[at % METRICS]);
        }
    }

    private void clear(long slot, short none) {
        int column = Math.floorMod(slot, slots);
        for (int at = 0; at < sums.length; at++) {
            values[at * slots + column] = none;
        }
    }

    private void layOut(int nodesNow) {
        nodes = nodesNow;
        resolution = 1;
        while (resolution < SPAN_SECONDS && bytes() > budgetBytes) {
            resolution++;
        }
        slots = slots();
        values = new short[nodes * METRICS * slots];
        sums = new float[nodes * METRICS];
        counts = new short[nodes * METRICS];
        openSlot = Long.MIN_VALUE;
        firstSlot = Long.MIN_VALUE;
    }

    private static float[] scales() {
        float[] scales = new float[METRICS];
        for (Metric metric : Metric.values()) {
            scales[metric.ordinal()] = switch (metric) {
                case UTILIZATION, TEMPERATURE_CELSIUS, POWER_WATTS, KV_CACHE_USAGE, ERROR_RATIO -> 1;
                case TTFT_P95_MS, E2E_P95_MS, LATENCY_MS, REQUESTS_PER_SECOND, QUEUE_DEPTH, IN_FLIGHT -> 16;
                case TOKENS_PER_SECOND -> 256;
            };
        }
        return scales;
    }
}
