package io.latticeconsole.app.view.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.LatencyHistogram;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModelsViewModelTest {
    private static ConsoleState promising(ObjectiveMetric metric) {
        ConsoleState state = SmallLattice.state();
        Model m = Objects.requireNonNull(state.lattice().models().get(SmallLattice.CHAT));
        return SmallLattice.with(
                state,
                new Model(
                        m.id(),
                        m.displayName(),
                        m.version(),
                        m.versions(),
                        new Objective(metric, new Millis(300)),
                        m.sizeBytes(),
                        m.minReadyFraction(),
                        m.tiers(),
                        m.loadSeconds(),
                        "e2"));
    }

    private static LatencyHistogram at(double millis) {
        int[] counts = new int[LatencyHistogram.BUCKETS];
        counts[LatencyHistogram.bucket(millis)] = 100;
        return new LatencyHistogram(counts);
    }

    private static ModelRow row(ObjectiveMetric metric, LatencyHistogram tpot) {
        PerSecond some = new PerSecond(10);
        ModelSummary summary =
                new ModelSummary(SmallLattice.CHAT, at(200), at(2000), tpot, 10, some, some, new PerSecond(0), some);
        ModelsViewModel model = new ModelsViewModel();
        model.update(
                promising(metric),
                new LiveTraffic(Map.of(SmallLattice.CHAT, summary), List.of()),
                Troubles.NONE,
                SmallLattice.NOON);
        return model.rows().stream()
                .filter(r -> r.id().equals(SmallLattice.CHAT))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyModelShowsWhatItPromises() {
        Map.of(ObjectiveMetric.TTFT, 200.0, ObjectiveMetric.TPOT, 40.0, ObjectiveMetric.E2E, 2000.0)
                .forEach((metric, millis) -> {
                    ModelRow row = row(metric, at(40));
                    assertEquals(metric, row.metric());
                    assertEquals(millis, row.p95().value(), 0.19 * millis);
                    assertEquals(300, row.limit().value());
                    assertEquals(metric == ObjectiveMetric.E2E, row.isOverObjective());
                });
    }

    @Test
    void whoeverDoesNotTellTheTimePerTokenHasNoReading() {
        ModelRow row = row(ObjectiveMetric.TPOT, LatencyHistogram.EMPTY);
        assertFalse(row.p95().isPresent());
        assertFalse(row.isOverObjective());
    }

    @Test
    void replicasOfADeadNodeAreNotCountedAsReady() {
        ConsoleState before = promising(ObjectiveMetric.TTFT);
        ConsoleState after = SmallLattice.with(
                before, SmallLattice.node(SmallLattice.PAR_N1, 0, AdminState.SERVING, Health.DOWN, "power lost"));
        ModelRow up = chat(before);
        ModelRow down = chat(after);
        long there = before.lattice().replicasOf(SmallLattice.PAR_N1).stream()
                .filter(r -> r.model().equals(SmallLattice.CHAT))
                .count();
        assertTrue(there > 0);
        assertEquals(up.ready() - there, down.ready());
        assertEquals(up.replicas(), down.replicas());
    }

    private static ModelRow chat(ConsoleState state) {
        ModelsViewModel model = new ModelsViewModel();
        model.update(state, new LiveTraffic(Map.of(), List.of()), Troubles.NONE, SmallLattice.NOON);
        return model.rows().stream()
                .filter(r -> r.id().equals(SmallLattice.CHAT))
                .findFirst()
                .orElseThrow();
    }
}
