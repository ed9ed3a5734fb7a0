package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.RandomStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The same seed and the same orders at the same ticks give the same run, byte by byte.
final class ReplayTest {
    private static final ModelId CHAT = new ModelId("models/chat-8b");

    @Test
    void aReplayOfTheOrderLogGivesAByteIdenticalEventLog() {
        TestLattice first = TestLattice.of(24, 11, 300);
        RandomStream random = new RandomStream(11, "replay test");
        for (int i = 0; i < 12; i++) {
            first.run(2 + random.nextDouble());
            first.inject(LedgerTest.randomFault(first, random));
        }
        first.run(20);
        assertTrue(first.events().size() > 20, "something happened");
        assertReplays(first);
    }

    @Test
    void drainsAreReplayedToo() {
        TestLattice first = TestLattice.of(24, 12, 200).run(5);
        var node = first.world.nodes().get(3).id();
        Operation op = start(first, new OperationSpec.Drain(List.of(node), null, DeadlinePolicy.EXTEND));
        first.run(60);
        assertEquals(OperationState.SUCCEEDED, now(first, op).state());
        assertReplays(first);
    }

    @Test
    void reroutesAreReplayedToo() {
        TestLattice first = TestLattice.of(24, 13, 200).run(5);
        Route route = first.sim.gateway(first.world.coordinatorRegion()).state().routes().values().stream()
                .filter(r -> r.id().model().equals(CHAT))
                .min(Comparator.comparing(r -> r.id().name()))
                .orElseThrow();
        List<SiteId> sites = first.world.nodes().stream()
                .map(n -> n.id().site())
                .filter(s -> s.region().equals(route.id().region()))
                .distinct()
                .toList();
        List<SiteWeight> weights =
                sites.stream().map(s -> new SiteWeight(s, 1.0 / sites.size())).toList();
        Operation op = start(
                first,
                new OperationSpec.Reroute(
                        route.id(), route.etag(), RouteMode.WEIGHTED, weights, 0.2, Duration.ofSeconds(15), false));
        first.inject(new FaultSpec(FaultKind.NODE_CRASH, List.of(node(first, sites.getFirst())), 0, 0, 0, 5, ""));
        first.run(40);
        assertEquals(OperationState.EXPIRED, now(first, op).state());
        assertReplays(first);
    }

    @Test
    void redeploysThatRollBackAreReplayedToo() {
        TestLattice first = TestLattice.of(24, 7, 120).run(5);
        String version = Objects.requireNonNull(first.sim
                        .gateway(first.world.coordinatorRegion())
                        .state()
                        .models()
                        .get(CHAT))
                .versions()
                .getLast();
        first.inject(new FaultSpec(FaultKind.BAD_MODEL_VERSION, List.of(CHAT), 0, 0, 0, 0, version));
        Operation op =
                start(first, new OperationSpec.Redeploy(CHAT, version, List.of(), 0, Duration.ofSeconds(5), 0, 0, 2));
        for (int seconds = 0; seconds < 300 && !now(first, op).state().isFinal(); seconds++) {
            first.run(1);
        }
        assertEquals(OperationState.ROLLED_BACK, now(first, op).state());
        first.run(5);
        assertReplays(first);
    }

    private static Operation start(TestLattice l, OperationSpec spec) {
        Plan plan = l.order(new DrillOrder.MakePlan(spec, TestLattice.CREW), Plan.class);
        Armed armed = l.order(new DrillOrder.Arm(plan.hash(), TestLattice.CREW), Armed.class);
        return l.order(
                new DrillOrder.Start(armed.token(), "r1", "test of replay", true, TestLattice.CREW), Operation.class);
    }

    private static Operation now(TestLattice l, Operation op) {
        return l.sim.orders().snapshot(l.world.coordinatorRegion()).stream()
                .filter(f -> f instanceof Fact.OperationChanged(Operation o) && o.id().equals(op.id()))
                .map(f -> ((Fact.OperationChanged) f).operation())
                .findFirst()
                .orElseThrow();
    }

    private static NodeId node(TestLattice l, SiteId site) {
        return l.world.nodes().stream()
                .map(NodeSpec::id)
                .filter(n -> n.site().equals(site))
                .findFirst()
                .orElseThrow();
    }

    /// The order log of a run gives it again: events, ledgers, and everything that gateways publish.
    private static void assertReplays(TestLattice first) {
        TestLattice second = new TestLattice(first.world, first.sim.orderLog());
        second.sim.runUntil(first.sim.now());
        assertEquals(first.eventLog(), second.eventLog());
        assertEquals(first.sim.events(), second.sim.events());
        for (int r = 0; r < first.world.regions().size(); r++) {
            assertEquals(
                    first.sim.orders().snapshot(r).toString(),
                    second.sim.orders().snapshot(r).toString());
        }
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        TestLattice first = TestLattice.of(24, 1, 300).run(10);
        TestLattice second = TestLattice.of(24, 2, 300).run(10);
        assertNotEquals(first.eventLog(), second.eventLog());
    }
}
