package io.latticeconsole.telemetry;

import java.util.Arrays;

/// The last five minutes of each node at one value a second, as 16-bit floats (a relative step of 0.05 %).
///
/// Memory: 600 B per node and metric. The first [#RICH_NODES] nodes keep the eight [#RICH] metrics, further ones the
/// four bars of the glyph: 4.8 kB or 2.4 kB a node, 29 MB at 10,000 nodes. Not thread-safe; the store guards it.
final class SampleRings {
    static final int SECONDS = 300;
    static final int RICH_NODES = 2_000;

    private static final Metric[] RICH = {
        Metric.UTILIZATION,
        Metric.TEMPERATURE_CELSIUS,
        Metric.POWER_WATTS,
        Metric.LATENCY_MS,
        Metric.TTFT_P95_MS,
        Metric.E2E_P95_MS,
        Metric.REQUESTS_PER_SECOND,
        Metric.TOKENS_PER_SECOND
    };
    private static final int POOR = 4;
    private static final short NO_READING = Float.floatToFloat16(Float.NaN);

    private final int[] slotOfColumn = new int[Metric.COUNT];
    private short[][] rings = new short[0][];
    private long[] seconds = new long[0];
    private long newest;

    SampleRings() {
        Arrays.fill(slotOfColumn, -1);
        for (int slot = 0; slot < RICH.length; slot++) {
            slotOfColumn[RICH[slot].column()] = slot;
        }
    }

    void grow(int nodes) {
        if (nodes > rings.length) {
            rings = Arrays.copyOf(rings, nodes);
            seconds = Arrays.copyOf(seconds, nodes);
        }
    }

    /// Writes a row of the batch for that second; only the first of a second counts.
    void write(int node, long second, float[][] columns, int row) {
        short[] ring = rings[node];
        if (ring == null) {
            ring = new short[(node < RICH_NODES ? RICH.length : POOR) * SECONDS];
            Arrays.fill(ring, NO_READING);
            rings[node] = ring;
        } else if (second <= seconds[node]) {
            return;
        } else {
            clearGap(ring, seconds[node], second);
        }
        seconds[node] = second;
        newest = Math.max(newest, second);
        int at = (int) (second % SECONDS);
        for (int slot = 0; slot * SECONDS < ring.length; slot++) {
            float[] column = columns[RICH[slot].column()];
            ring[slot * SECONDS + at] = column.length == 0 ? NO_READING : Float.floatToFloat16(column[row]);
        }
    }

    /// Enters what somebody else remembers of a node: values up to the second `until`, oldest first. What was heard
    /// here
    /// counts more.
    void remember(int node, Metric metric, long until, float[] values) {
        int slot = slotOfColumn[metric.column()];
        short[] ring = rings[node];
        if (ring == null) {
            ring = new short[(node < RICH_NODES ? RICH.length : POOR) * SECONDS];
            Arrays.fill(ring, NO_READING);
            rings[node] = ring;
            seconds[node] = until;
            newest = Math.max(newest, until);
        }
        if (slot < 0 || slot * SECONDS >= ring.length) {
            return;
        }
        for (int i = 0; i < values.length; i++) {
            long second = until - (values.length - 1 - i);
            int at = slot * SECONDS + (int) (second % SECONDS);
            boolean kept = second > seconds[node] - SECONDS && second <= seconds[node];
            if (kept && Float.isNaN(Float.float16ToFloat(ring[at]))) {
                ring[at] = Float.floatToFloat16(values[i]);
            }
        }
    }

    private static void clearGap(short[] ring, long last, long second) {
        for (long gap = Math.max(last + 1, second - SECONDS + 1); gap < second; gap++) {
            for (int at = (int) (gap % SECONDS); at < ring.length; at += SECONDS) {
                ring[at] = NO_READING;
            }
        }
    }

    /// Fills the target with the seconds up to the newest of any node, oldest first; NaN where there is none.
    ///
    /// @return the second since 1970 of the last value
    long copy(int node, Metric metric, float[] target) {
        Arrays.fill(target, Float.NaN);
        int slot = slotOfColumn[metric.column()];
        short[] ring = node < rings.length ? rings[node] : null;
        if (ring != null && slot >= 0 && slot * SECONDS < ring.length) {
            long last = seconds[node];
            long first = Math.max(last - SECONDS, newest - Math.min(target.length, SECONDS)) + 1;
            for (long second = first; second <= last; second++) {
                target[(int) (target.length - 1 - (newest - second))] =
                        Float.float16ToFloat(ring[slot * SECONDS + (int) (second % SECONDS)]);
            }
        }
        return newest;
    }
}
