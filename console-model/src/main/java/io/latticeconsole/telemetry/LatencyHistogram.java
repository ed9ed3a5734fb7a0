package io.latticeconsole.telemetry;

import io.latticeconsole.unit.Millis;

/// Counts of latencies in logarithmic buckets: bucket i counts [2^(i/4), 2^((i+1)/4)) ms, the first one also
/// what is below 1 ms, the last one what is above. Histograms of several gateways add up, percentiles do not.
@SuppressWarnings("ArrayRecordComponent") // mergeable counts; never shared for writing
public record LatencyHistogram(int[] counts) {
    public static final int BUCKETS = 80;
    public static final LatencyHistogram EMPTY = new LatencyHistogram(new int[BUCKETS]);

    /// The bucket of a latency in ms.
    public static int bucket(double millis) {
        if (!(millis > 1)) {
            return 0;
        }
        return (int) Math.min(BUCKETS - 1, Math.floor(4 * Math.log(millis) / Math.log(2)));
    }

    public LatencyHistogram plus(LatencyHistogram other) {
        int[] sum = new int[Math.max(counts.length, other.counts.length)];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (i < counts.length ? counts[i] : 0) + (i < other.counts.length ? other.counts[i] : 0);
        }
        return new LatencyHistogram(sum);
    }

    /// The value below which a share q of the counts lies, interpolated within its bucket; NONE if nothing was counted.
    public Millis quantile(double q) {
        long total = 0;
        for (int c : counts) {
            total += c;
        }
        if (total == 0) {
            return Millis.NONE;
        }
        double rank = q * total;
        double below = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                double share = (rank - below) / counts[i];
                return new Millis(Math.pow(2, (i + share) / 4));
            }
            below += counts[i];
        }
        return new Millis(Math.pow(2, counts.length / 4.0));
    }
}
