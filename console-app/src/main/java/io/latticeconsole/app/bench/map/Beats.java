package io.latticeconsole.app.bench.map;

import io.latticeconsole.app.bench.Figures;
import java.util.Arrays;

/// Moments in ns at which something happened, and what they say. For one thread.
final class Beats {
    private long[] at = new long[4096];
    private int size;

    void add(long nanos) {
        if (size == at.length) {
            at = Arrays.copyOf(at, size * 2);
        }
        at[size++] = nanos;
    }

    int count() {
        return size;
    }

    double perSecond() {
        return size < 2 ? 0 : (size - 1) * 1e9 / (at[size - 1] - at[0]);
    }

    /// A quantile of the times between two beats, ms.
    double gapMillis(double q) {
        double[] gaps = new double[Math.max(0, size - 1)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (at[i + 1] - at[i]) / 1e6;
        }
        return Figures.quantile(gaps, q);
    }
}
