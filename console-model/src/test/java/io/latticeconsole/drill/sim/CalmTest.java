package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// On a quiet day every healthy node lies in its band, and no figure leaves its physical range; a sick node stands out.
final class CalmTest {
    private static final int[] COLUMNS = {0, 1, 2, 11};

    /// Collects a gateway's samples.
    private static final class Collector implements EndpointPort.Outlet {
        final List<SampleBatch> batches = new ArrayList<>();

        @Override
        public void snapshot(List<Fact> facts) {}

        @Override
        public void facts(Instant latticeTime, List<Fact> facts) {}

        @Override
        public void samples(SampleBatch batch) {
            batches.add(batch);
        }
    }

    private static List<Collector> watch(TestLattice lattice) {
        List<Collector> collectors = new ArrayList<>();
        for (int r = 0; r < 5; r++) {
            Collector collector = new Collector();
            lattice.sim.publishers().attach(r, collector);
            collectors.add(collector);
        }
        return collectors;
    }

    @Test
    void healthyNodesLieInTheirBands() {
        TestLattice lattice = TestLattice.aurora(1).run(20);
        List<Collector> collectors = watch(lattice);
        lattice.run(120);
        long inside = 0;
        long outside = 0;
        for (Collector collector : collectors) {
            assertTrue(collector.batches.size() >= 119);
            for (SampleBatch b : collector.batches) {
                for (int i = 0; i < b.nodeIndex().length; i++) {
                    for (int k = 0; k < 4; k++) {
                        float v = b.columns()[COLUMNS[k]][i];
                        boolean low = v < b.expectedLow()[4 * i + k];
                        boolean high = v > b.expectedHigh()[4 * i + k];
                        inside += low || high || Float.isNaN(v) ? 0 : 1;
                        outside += low || high ? 1 : 0;
                    }
                }
            }
        }
        assertTrue(inside > 40_000);
        assertTrue(outside < 0.01 * (inside + outside), outside + " outside, " + inside + " inside");
        assertEquals(0, lattice.events().size(), "a quiet day has no events: " + lattice.events());
    }

    /// Temperatures of all nodes against their bands (0 low end, 1 high end), as the latest batches tell.
    private static double[] temperatures(List<Collector> collectors) {
        return collectors.stream()
                .map(c -> c.batches.getLast())
                .flatMapToDouble(b -> IntStream.range(0, b.nodeIndex().length)
                        .mapToDouble(i -> (b.columns()[1][i] - b.expectedLow()[4 * i + 1])
                                / (b.expectedHigh()[4 * i + 1] - b.expectedLow()[4 * i + 1])))
                .toArray();
    }

    @Test
    void aLatticeStartsWarm() {
        TestLattice lattice = TestLattice.aurora(1);
        List<Collector> collectors = watch(lattice);
        for (int second = 0; second < 30; second++) {
            lattice.run(2);
            double[] at = temperatures(collectors);
            assertEquals(96, at.length);
            assertEquals(0, Arrays.stream(at).filter(d -> d < 0 || d > 1).count(), "outside at " + 2 * second + " s");
            assertEquals(0.5, Arrays.stream(at).average().orElseThrow(), 0.12);
        }
    }

    @Test
    void temperaturesStayInTheirBandsWhileLoadMovesToOtherNodes() {
        TestLattice lattice = TestLattice.aurora(1).run(10);
        List<Collector> collectors = watch(lattice);
        lattice.inject(
                FaultKind.SITE_POWER_LOSS, 60, lattice.world.sites().getFirst().id());
        for (int second = 0; second < 50; second++) {
            lattice.run(1);
            double[] at = temperatures(collectors);
            for (int i = 0; i < at.length; i++) {
                assertTrue(
                        lattice.world.nodes().get(i).site() == 0 || (at[i] >= 0 && at[i] <= 1),
                        lattice.world.nodes().get(i).id() + " at " + at[i] + " after " + second + " s");
            }
        }
    }

    @Test
    void everyFigureStaysInItsPhysicalRangeWhateverHappens() {
        TestLattice lattice = TestLattice.aurora(2.5).run(2);
        List<Collector> collectors = watch(lattice);
        lattice.inject(FaultKind.THERMAL_RUNAWAY, 60, new NodeId("regions/eu/sites/fra-1/nodes/n1"));
        lattice.inject(
                FaultKind.SITE_POWER_LOSS, 30, lattice.world.sites().getFirst().id());
        lattice.run(90);
        for (int r = 0; r < 5; r++) {
            int first = first(lattice, r);
            for (SampleBatch b : collectors.get(r).batches) {
                for (int i = 0; i < b.nodeIndex().length; i++) {
                    check(b, i, lattice.world.nodes().get(first + i).nodeClass().maxWatts());
                }
            }
        }
    }

    private static int first(TestLattice lattice, int region) {
        int i = 0;
        while (lattice.world.regionOf(i) != region) {
            i++;
        }
        return i;
    }

    private static void check(SampleBatch b, int i, double maxWatts) {
        range(b.columns()[0][i], 0, 1);
        range(b.columns()[1][i], 10, 140);
        range(b.columns()[2][i], 0, maxWatts);
        for (int m = 3; m < 9; m++) {
            range(b.columns()[m][i], 0, 1e6);
        }
        range(b.columns()[9][i], 0, 1);
        range(b.columns()[10][i], 0, 1);
    }

    private static void range(float value, double low, double high) {
        assertTrue(Float.isNaN(value) || (value >= low && value <= high), value + " is not in " + low + " to " + high);
    }

    @Test
    void aSlowNodeLeavesItsBands() {
        TestLattice lattice = TestLattice.aurora(1).run(20);
        List<Collector> collectors = watch(lattice);
        lattice.inject(new FaultSpec(
                FaultKind.SLOW_NODE, List.of(new NodeId("regions/eu/sites/fra-1/nodes/n2")), 4, 0, 0, 0, ""));
        lattice.run(40);
        int outside = 0;
        for (SampleBatch b : collectors.get(3).batches) {
            for (int k = 0; k < 4; k++) {
                outside += b.columns()[COLUMNS[k]][1] > b.expectedHigh()[4 + k] ? 1 : 0;
            }
        }
        assertTrue(outside >= 3, "readings above the band in 40 s: " + outside);
    }
}
