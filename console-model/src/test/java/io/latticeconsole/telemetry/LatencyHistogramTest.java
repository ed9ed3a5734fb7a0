package io.latticeconsole.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    /// One bucket is a factor of 2^(1/4); an interpolated quantile is never further off than that.
    private static final double BUCKET = Math.pow(2, 0.25) * 1.0001;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void quantilesAreWithinOneBucketAndHistogramsAddUp(long seed) {
        Random random = new Random(seed);
        double[] values = new double[2000];
        int[] left = new int[LatencyHistogram.BUCKETS];
        int[] right = new int[LatencyHistogram.BUCKETS];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(random.nextGaussian() * 1.2 + 5);
            (i % 3 == 0 ? left : right)[LatencyHistogram.bucket(values[i])]++;
        }
        Arrays.sort(values);
        LatencyHistogram sum = new LatencyHistogram(left).plus(new LatencyHistogram(right));
        for (double q : new double[] {0.01, 0.5, 0.95, 0.99}) {
            double exact = values[(int) Math.ceil(q * values.length) - 1];
            double ratio = sum.quantile(q).value() / exact;
            assertTrue(ratio < BUCKET && ratio > 1 / BUCKET, () -> "q" + q + " off by " + ratio);
        }
    }

    @Test
    void nothingCountedIsNoReading() {
        assertFalse(LatencyHistogram.EMPTY.quantile(0.95).isPresent());
    }

    @Test
    void extremesLandInTheOuterBuckets() {
        assertEquals(0, LatencyHistogram.bucket(0));
        assertEquals(0, LatencyHistogram.bucket(Double.NaN));
        assertEquals(LatencyHistogram.BUCKETS - 1, LatencyHistogram.bucket(1e30));
        int[] longer = new int[LatencyHistogram.BUCKETS + 4];
        longer[LatencyHistogram.BUCKETS + 3] = 2;
        assertArrayEquals(
                longer,
                LatencyHistogram.EMPTY.plus(new LatencyHistogram(longer)).counts());
    }
}
