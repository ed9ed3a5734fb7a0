package io.latticeconsole.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampleStoreTest {
    private static final Instant T0 = Instant.ofEpochSecond(1_800_000_000);
    private static final float NONE = Float.NaN;

    private final SampleStore store = new SampleStore();

    private static SampleBatch batch(long table, Instant time, int[] index, float[] utilization) {
        return batch(table, time, index, utilization, List.of(), List.of(), null);
    }

    private static SampleBatch batch(
            long table,
            Instant time,
            int[] index,
            float[] utilization,
            List<FlowSample> flows,
            List<ModelSummary> models,
            @Nullable LedgerTotals ledger) {
        float[][] columns = new float[Metric.COUNT][0];
        columns[Metric.UTILIZATION.column()] = utilization;
        float[] bands = new float[4 * index.length];
        for (int i = 0; i < bands.length; i++) {
            bands[i] = i;
        }
        return new SampleBatch("e", time, time, table, index, columns, bands, bands, flows, models, ledger);
    }

    @Test
    void whatAnEndpointRemembersFillsOnlyWhatWasNotHeard() {
        store.table("a", "e", 1, new int[] {0});
        long second = T0.getEpochSecond();
        store.write("a", batch(1, T0, new int[] {0}, new float[] {0.9f}), T0, 0);
        store.remember(0, Metric.UTILIZATION, second, new float[] {0.1f, 0.2f, NONE, 0.4f});
        float[] series = new float[5];
        assertEquals(second, store.copySeries(0, Metric.UTILIZATION, series));
        assertArrayEquals(new float[] {NONE, 0.1f, 0.2f, NONE, 0.9f}, series, 0.001f);
        store.remember(0, Metric.UTILIZATION, second + 2, new float[] {0.5f, 0.6f, 0.7f});
        store.copySeries(0, Metric.UTILIZATION, series);
        assertArrayEquals(new float[] {NONE, 0.1f, 0.2f, NONE, 0.9f}, series, 0.001f, "not beyond what is heard");
        store.remember(0, Metric.UTILIZATION, second - 400, new float[] {0.5f, 0.6f});
        store.copySeries(0, Metric.UTILIZATION, series);
        assertArrayEquals(new float[] {NONE, 0.1f, 0.2f, NONE, 0.9f}, series, 0.001f, "nor of before the ring");
    }

    @Test
    void aNodeThatWasNeverHeardHasWhatIsRememberedOfIt() {
        store.table("a", "e", 1, new int[] {0});
        long second = T0.getEpochSecond();
        store.remember(0, Metric.POWER_WATTS, second, new float[] {300, 310, NONE});
        float[] series = new float[4];
        assertEquals(second, store.copySeries(0, Metric.POWER_WATTS, series));
        assertArrayEquals(new float[] {NONE, 300, 310, NONE}, series, 0.5f);
        store.write("a", batch(1, T0, new int[] {0}, new float[] {0.5f}), T0.plusSeconds(2), 0);
        store.copySeries(0, Metric.POWER_WATTS, series);
        assertArrayEquals(new float[] {310, NONE, NONE, NONE}, series, 0.5f);
    }

    private float[] latest() {
        float[] target = new float[store.size()];
        store.copyLatest(Metric.UTILIZATION, target);
        return target;
    }

    @Test
    void rowsOfTwoEndpointsFindTheirPlaces() {
        store.table("a", "e", 1, new int[] {2, 0});
        store.table("b", "e", 1, new int[] {1, -1, 3});
        store.write("a", batch(1, T0, new int[] {0, 1}, new float[] {0.2f, 0}), T0, 0);
        store.write("b", batch(1, T0, new int[] {2, 1, 0, 9}, new float[] {0.3f, 1, 0.1f, 1}), T0, 0);
        assertArrayEquals(new float[] {0, 0.1f, 0.2f, 0.3f}, latest());
        assertEquals(2, store.counts().unknownRows());
        float[] low = new float[4];
        float[] high = new float[4];
        store.copyExpected(Metric.LATENCY_MS, low, high);
        assertArrayEquals(new float[] {7, 11, 3, 3}, low);
        assertThrows(IllegalArgumentException.class, () -> store.copyExpected(Metric.IN_FLIGHT, low, high));
    }

    @Test
    void aBatchWaitsForItsTableTheNewestOne() {
        store.write("a", batch(1, T0, new int[] {0}, new float[] {0.1f}), T0, 0);
        store.table("a", "e", 1, new int[] {0});
        assertArrayEquals(new float[] {0.1f}, latest());
        store.write("a", batch(2, T0, new int[] {1}, new float[] {0.2f}), T0, 0);
        store.write("a", batch(2, T0, new int[] {1}, new float[] {0.3f}), T0, 0);
        assertArrayEquals(new float[] {0.1f}, latest());
        store.table("a", "e", 2, new int[] {0, 1});
        assertArrayEquals(new float[] {0.1f, 0.3f}, latest());
        assertEquals(1, store.counts().conflated());
    }

    @Test
    void aNodeThatIsGoneIsForgotten() {
        store.table("a", "e", 1, new int[] {0, 1});
        store.write("a", batch(1, T0, new int[] {0, 1}, new float[] {0.1f, 0.2f}), T0, 0);
        store.table("a", "f", 1, new int[] {1});
        assertArrayEquals(new float[] {NONE, 0.2f}, latest());
        long[] heard = new long[2];
        store.copyLastHeard(heard);
        assertArrayEquals(new long[] {0, T0.toEpochMilli()}, heard);
    }

    @Test
    void aColumnThatIsNoLongerToldIsNoReading() {
        store.table("a", "e", 1, new int[] {0, 1});
        store.write("a", batch(1, T0, new int[] {0, 1}, new float[] {0.1f, 0.2f}), T0, 0);
        Instant later = T0.plusSeconds(1);
        SampleBatch without = batch(1, later, new int[] {1}, new float[0]);
        store.write("a", without, later, 0);
        assertArrayEquals(new float[] {0.1f, NONE}, latest());
    }

    @Test
    void onlyAReadingIsASignOfLife() {
        store.table("a", "e", 1, new int[] {0, 1});
        store.write("a", batch(1, T0, new int[] {0, 1}, new float[] {0.1f, 0.2f}), T0, 0);
        Instant later = T0.plusSeconds(4);
        store.write("a", batch(1, later, new int[] {0, 1}, new float[] {0.1f, NONE}), later, 0);
        long[] heard = new long[2];
        store.copyLastHeard(heard);
        assertArrayEquals(new long[] {later.toEpochMilli(), T0.toEpochMilli()}, heard);
    }

    /// History with random gaps against a plain array of seconds.
    @Test
    void theSeriesIsWhatWasWrittenEachSecondAndNothingWhereNothingWas() {
        Random random = new Random(7);
        store.table("a", "e", 1, new int[] {0, 1});
        int seconds = 1_000;
        float[] plain = new float[seconds];
        Arrays.fill(plain, NONE);
        for (int s = 0; s < seconds; s++) {
            Instant at = T0.plusSeconds(s);
            store.write("a", batch(1, at, new int[] {1}, new float[] {0.5f}), at, 0);
            if (random.nextInt(4) > 0 && (s / 100) % 3 != 1) {
                plain[s] = random.nextFloat();
                store.write("a", batch(1, at, new int[] {0}, new float[] {plain[s]}), at.plusMillis(300), 0);
                store.write("a", batch(1, at, new int[] {0}, new float[] {0}), at.plusMillis(600), 0);
            }
            float[] series = new float[SampleStore.HISTORY_SECONDS];
            assertEquals(T0.getEpochSecond() + s, store.copySeries(0, Metric.UTILIZATION, series));
            for (int back = 0; back < series.length; back++) {
                float expected = s - back < 0 ? NONE : plain[s - back];
                assertEquals(expected, series[series.length - 1 - back], 0.001f);
            }
        }
        float[] none = new float[10];
        store.copySeries(0, Metric.QUEUE_DEPTH, none);
        assertTrue(Float.isNaN(none[9]));
    }

    private static FlowSample flow(int requests) {
        return new FlowSample(
                new RouteId("regions/eu/routes/a"),
                new SiteId("regions/eu/sites/b"),
                new PerSecond(requests),
                Millis.NONE,
                Ratio.NONE);
    }

    private static ModelSummary model(int arrived) {
        PerSecond rate = new PerSecond(arrived);
        return new ModelSummary(
                new ModelId("models/a"),
                LatencyHistogram.EMPTY,
                LatencyHistogram.EMPTY,
                LatencyHistogram.EMPTY,
                10,
                rate,
                rate,
                rate,
                rate);
    }

    @Test
    void trafficOfIngressesIsMergedAndOldOnesLeaveTheFigures() {
        store.table("a", "e", 1, new int[0]);
        store.table("b", "e", 1, new int[0]);
        LedgerTotals ledger = new LedgerTotals(5, 3, 1, 0, 0, 1, 0, 0, 0);
        int[] no = {};
        float[] nothing = {};
        store.write("a", batch(1, T0, no, nothing, List.of(flow(1)), List.of(model(1)), ledger), T0, 0);
        store.write("a", batch(1, T0, no, nothing, List.of(flow(2)), List.of(), null), T0, 0);
        Instant later = T0.plusSeconds(9);
        store.write("b", batch(1, later, no, nothing, List.of(flow(3)), List.of(model(4)), ledger), later, 0);
        assertEquals(3, store.flows(T0).size());
        assertEquals(List.of(flow(3)), store.flows(T0.plusSeconds(1)));
        assertEquals(
                new PerSecond(5), store.models(T0).values().iterator().next().arrived());
        assertEquals(
                new PerSecond(4), store.models(later).values().iterator().next().arrived());
        assertEquals(new LedgerTotals(10, 6, 2, 0, 0, 2, 0, 0, 0), store.ledger());
        store.write("a", batch(1, later, no, nothing, List.of(flow(7)), List.of(), null), later, 0);
        assertEquals(2, store.flows(T0).size());
    }

    @Test
    void aListenerIsCalledUntilItCloses() {
        int[] calls = {0};
        store.table("a", "e", 1, new int[] {0});
        Subscription failing = store.subscribe(() -> {
            throw new IllegalStateException("a listener's own defect");
        });
        Subscription subscription = store.subscribe(() -> calls[0]++);
        store.write("a", batch(1, T0, new int[] {0}, new float[] {1}), T0, 0);
        assertEquals(1, calls[0]);
        subscription.close();
        failing.close();
        store.write("a", batch(1, T0, new int[] {0}, new float[] {1}), T0, 0);
        assertEquals(1, calls[0]);
    }
}
