package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.world.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever goes wrong, every request is accounted for at every moment, in total and site by site.
final class LedgerTest {
    private static final FaultKind[] KINDS = FaultKind.values();

    @Test
    void balancesOnHundredsOfRandomRunsWithRandomFaults() {
        long arrived = 0;
        long moved = 0;
        for (int seed = 0; seed < 200; seed++) {
            LedgerTotals totals = randomRun(seed);
            arrived += totals.arrived();
            moved += totals.retried() + totals.migrated();
        }
        assertTrue(arrived > 200_000, "requests arrived: " + arrived);
        assertTrue(moved > 500, "faults moved requests: " + moved);
    }

    private static LedgerTotals randomRun(int seed) {
        RandomStream random = new RandomStream(seed, "ledger test");
        TestLattice lattice = TestLattice.of(12 + random.nextInt(12), seed, 60 + random.nextInt(120));
        for (int step = 0; step < 24; step++) {
            lattice.run(0.5);
            if (random.nextInt(4) == 0) {
                lattice.inject(randomFault(lattice, random));
            }
            assertTrue(lattice.ledgersBalance(), "seed " + seed + " at step " + step);
        }
        return lattice.totals();
    }

    static FaultSpec randomFault(TestLattice lattice, RandomStream random) {
        FaultKind kind = KINDS[random.nextInt(KINDS.length)];
        var node =
                lattice.world.nodes().get(random.nextInt(lattice.world.nodes().size()));
        var site = lattice.world.sites().get(node.site());
        var region = lattice.world.regions().get(random.nextInt(5));
        ResourceName target = switch (kind) {
            case NODE_CRASH, NODE_SILENT, SLOW_NODE, THERMAL_RUNAWAY, STALE_TELEMETRY, ACCELERATOR_XID, LEMON_NODE ->
                node.id();
            case SITE_POWER_LOSS, POWER_CAP -> site.id();
            case CONTROL_LOSS, INGRESS_LOSS, CLOCK_SKEW -> region.gateway();
            case PARTITION, ARRIVAL_BURST -> region.id();
            case BAD_MODEL_VERSION -> new ModelId("models/chat-8b");
            case LINK_CUT, LINK_LOSSY, LINK_SLOW ->
                new PathId(lattice.world.sites().get(region.ingressSite()).id().name() + "/paths/"
                        + site.id().code());
        };
        return new FaultSpec(kind, List.of(target), 0, 0, 0, 1 + random.nextInt(5), "v1");
    }

    @Test
    void everyRequestFinishesWhenNothingGoesWrong() {
        TestLattice lattice = TestLattice.of(24, 3, 400).run(60);
        LedgerTotals totals = lattice.totals();
        assertTrue(totals.arrived() > 20_000);
        assertEquals(0, totals.lost());
        assertEquals(0, totals.rejected());
        assertEquals(0, totals.aborted());
        assertEquals(0, totals.duplicateExecutions());
    }

    @Test
    void aMachineThatWasOnlySilentAnswersTooAndIsCountedAsADuplicate() {
        TestLattice lattice = TestLattice.aurora(1).run(5);
        var node = lattice.world.nodes().getFirst().id();
        lattice.inject(FaultKind.NODE_SILENT, 6, node);
        lattice.run(40);
        assertTrue(lattice.totals().duplicateExecutions() > 0);
        assertEquals(0, lattice.totals().lost());
        assertTrue(lattice.ledgersBalance());
    }

    @Test
    void requestsOfALostIngressAreSentAgainToTheNext() {
        TestLattice lattice = TestLattice.aurora(1).run(5);
        var gateway = lattice.world.regions().get(4).gateway();
        lattice.inject(FaultKind.INGRESS_LOSS, 0, gateway);
        long arrivedThere = lattice.sim.gateway(4).ledger().arrived();
        LedgerTotals before = lattice.totals();
        lattice.run(10);
        LedgerTotals after = lattice.totals();
        assertEquals(arrivedThere, lattice.sim.gateway(4).ledger().arrived());
        assertEquals(0, lattice.sim.gateway(4).ledger().inFlight());
        assertTrue(after.arrived() - before.arrived() > 35_000, "arrivals go on elsewhere");
        assertEquals(0, after.lost());
        assertTrue(lattice.ledgersBalance());
    }
}
