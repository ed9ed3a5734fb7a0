package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latticeconsole.drill.DrillLattice;
import io.latticeconsole.drill.DrillOptions;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A console that is opened on a lattice that has run for a while shows what happened before.
@Timeout(120)
class HistoryOverTheWireTest {
    private static final NodeId NODE = new NodeId("regions/eu/sites/par-1/nodes/n2");
    private static final int SECONDS = 40;

    private static int readings(SampleStore samples, ConsoleState state, Metric metric) {
        float[] series = new float[SampleStore.HISTORY_SECONDS];
        samples.copySeries(state.nodes().index(NODE), metric, series);
        int readings = 0;
        for (float value : series) {
            readings += Float.isNaN(value) ? 0 : 1;
        }
        return readings;
    }

    private static boolean isTold(ConsoleState state) {
        return state.endpoints().size() == 5
                && state.endpoints().values().stream().allMatch(e -> e.clock() != null);
    }

    /// What the slowest gateway says the lattice's time is.
    private static Instant earliest(ConsoleState state) {
        return state.endpoints().values().stream()
                .map(e -> Objects.requireNonNull(e.clock()).latticeTime())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Test
    void minutesBeforeItWasOpenedAreThere() throws Exception {
        try (DrillLattice drill = DrillLattice.start(DrillOptions.aurora(7))) {
            try (LatticeStore first = LatticeStore.start();
                    LatticeConnection watching = LatticeConnection.open(drill.addresses(), "ana", first)) {
                StoreWatch.await(first, s -> s.lattice().nodes().size() == DrillOptions.AURORA_NODES);
                watching.orders().setClock(false, 20).get(20, TimeUnit.SECONDS);
                StoreWatch.await(first, HistoryOverTheWireTest::isTold);
                Instant from = earliest(first.state());
                StoreWatch.await(first, s -> earliest(s).isAfter(from.plusSeconds(SECONDS + 20)));
                watching.orders().setClock(false, 1).get(20, TimeUnit.SECONDS);
            }
            try (LatticeStore second = LatticeStore.start();
                    LatticeConnection _ = LatticeConnection.open(drill.addresses(), "ana", second)) {
                ConsoleState state =
                        StoreWatch.await(second, s -> s.lattice().nodes().size() == DrillOptions.AURORA_NODES);
                for (Metric metric : List.of(Metric.UTILIZATION, Metric.TEMPERATURE_CELSIUS, Metric.POWER_WATTS)) {
                    StoreWatch.awaitSamples(second.samples(), samples -> readings(samples, state, metric) >= SECONDS);
                }
                assertEquals(0, second.failures());
            }
        }
    }
}
