package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesStoreTest {
    /// Random batches with gaps and missing readings, against a plain map of means by slot.
    @Test
    void readsWhatAPlainMapOfMeansHolds() {
        for (long budget : new long[] {1 << 20, 200_000, 60_000}) {
            Random random = new Random(budget);
            SeriesStore store = new SeriesStore(budget);
            store.expect(3);
            int resolution = store.resolutionSeconds();
            TreeMap<Long, double[]> reference = new TreeMap<>();
            long second = 1_700_000_000L;
            for (int i = 0; i < 5000; i++) {
                second += random.nextInt(100) == 0 ? random.nextInt(600) : random.nextInt(3);
                float value = random.nextInt(10) == 0 ? Float.NaN : random.nextFloat() * 5000;
                store.add(batch(second, value));
                double[] slot = reference.computeIfAbsent(Math.floorDiv(second, resolution), _ -> new double[2]);
                if (!Float.isNaN(value)) {
                    slot[0] += value;
                    slot[1]++;
                }
            }
            long oldest = store.oldestSecond();
            long end = store.endSecond();
            assertTrue(end - oldest <= 3600 + resolution);
            int count = (int) ((end - oldest) / resolution);
            float[] read = store.read(1, Metric.POWER_WATTS, oldest, 1, count);
            for (int i = 0; i < count; i++) {
                double[] slot = reference.getOrDefault(oldest / resolution + i, new double[2]);
                double expected = slot[1] == 0 ? Double.NaN : slot[0] / slot[1];
                double tolerance = slot[1] == 0 ? 0 : expected * 6e-4 + 1e-6;
                assertEquals(expected, read[i], tolerance, "slot " + i + ", budget " + budget);
            }
        }
    }

    @Test
    void resolutionFollowsFromNodesAndBudget() {
        SeriesStore store = new SeriesStore(64L << 20);
        store.expect(500);
        assertEquals(1, store.resolutionSeconds());
        store.expect(2000);
        assertEquals(3, store.resolutionSeconds());
        store.expect(10_000);
        assertEquals(14, store.resolutionSeconds());
    }

    @Test
    void anHourStaysWithinTheBudgetWhateverTheNodes() {
        long budget = 64L << 20;
        for (int nodes : new int[] {1, 500, 501, 776, 777, 2_000, 5_430, 5_434, 9_999, 10_000}) {
            SeriesStore store = new SeriesStore(budget);
            store.expect(nodes);
            assertTrue(store.bytes() <= budget, nodes + " nodes take " + store.bytes());
        }
    }

    @Test
    void largeFiguresSurvive() {
        SeriesStore store = new SeriesStore(1 << 20);
        store.expect(1);
        long second = 1_700_000_000L;
        store.add(batch(second, 900_000f));
        store.add(batch(second + 1, 0.002f));
        store.add(batch(second + 2, 1));
        float[] tokens = store.read(1, Metric.TOKENS_PER_SECOND, second, 1, 2);
        assertEquals(900_000, tokens[0], 900);
        assertEquals(0.002, store.read(1, Metric.ERROR_RATIO, second, 1, 2)[1], 2e-6);
    }

    private static SampleBatch batch(long second, float value) {
        float[][] columns = new float[Metric.values().length][];
        Arrays.fill(columns, new float[] {value});
        float[] none = new float[0];
        Instant time = Instant.ofEpochSecond(second);
        return new SampleBatch("e", time, time, 1, new int[] {1}, columns, none, none, List.of(), List.of(), null);
    }
}
