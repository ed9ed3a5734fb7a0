package io.latticeconsole.telemetry;

/// Latencies of the last ten seconds or so as a decaying histogram: bucket i holds [2^(i/4), 2^((i+1)/4)) ms. Whoever
/// keeps one decays it twice a second.
public final class RecentLatencies {
    public static final int BUCKETS = 80;
    private static final float KEPT = 0.94f;

    private RecentLatencies() {}

    public static void add(float[] counts, double millis) {
        int i = millis > 1 ? (int) Math.min(BUCKETS - 1, 4 * Math.log(millis) / Math.log(2)) : 0;
        counts[i]++;
    }

    public static void decay(float[] counts) {
        decay(counts, KEPT);
    }

    public static void decay(float[] counts, float kept) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = counts[i] < 0.01f ? 0 : counts[i] * kept;
        }
    }

    /// The value below which a share q lies; NaN if there are too few to tell.
    public static double quantile(float[] counts, double q) {
        double total = 0;
        for (float c : counts) {
            total += c;
        }
        if (total < 1) {
            return Double.NaN;
        }
        double rank = q * total;
        double below = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                return Math.pow(2, (i + (rank - below) / counts[i]) / 4);
            }
            below += counts[i];
        }
        return Double.NaN;
    }
}
