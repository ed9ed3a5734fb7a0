package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.telemetry.LedgerTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Operations on the simulated lattice, end to end: real requests, real routers, real delays.
class OperationsInTheDrillTest {
    private static final ModelId CHAT = new ModelId("models/chat-8b");
    private static final System.Logger LOG = System.getLogger(OperationsInTheDrillTest.class.getName());

    private static OperationSpec.Drain drain(NodeId node) {
        return new OperationSpec.Drain(List.of(node), null, DeadlinePolicy.EXTEND);
    }

    /// The node with the most requests of a model in flight.
    private static NodeId busiest(OperatedLattice l, ModelId model) {
        return l.state().nodes().keySet().stream()
                .filter(n ->
                        l.state().replicasOf(n).stream().anyMatch(r -> r.model().equals(model)))
                .max((a, b) -> Double.compare(inFlight(l, a), inFlight(l, b)))
                .orElseThrow();
    }

    private static double inFlight(OperatedLattice l, NodeId node) {
        var load = l.load().nodes().get(node);
        return load == null || Double.isNaN(load.inFlight()) ? 0 : load.inFlight();
    }

    private static Map<ReplicaId, String> versions(OperatedLattice l, ModelId model) {
        Map<ReplicaId, String> versions = new TreeMap<>();
        l.state().nodes().keySet().forEach(n -> {
            for (Replica r : l.state().replicasOf(n)) {
                if (r.model().equals(model)) {
                    versions.put(r.id(), r.version() + " " + r.state());
                }
            }
        });
        return versions;
    }

    @Test
    void drainsABusyNodeWithoutFailingARequestAndRestoresIt() {
        var l = new OperatedLattice(96, 7, 1).run(40);
        NodeId node = busiest(l, CHAT);
        Plan plan = l.plan(drain(node));
        Operation op = l.finish(l.start(plan).id(), 400);
        assertEquals(OperationState.SUCCEEDED, op.state(), op.toString());
        assertEquals(
                AdminState.DRAINED,
                Objects.requireNonNull(l.state().nodes().get(node)).adminState());
        assertEquals(0, op.progress().inFlight() + op.progress().queued());
        l.run(20);
        LedgerTotals totals = l.totals();
        assertTrue(totals.balances(), totals.toString());
        assertEquals(0, totals.aborted(), totals.toString());
        assertEquals(0, totals.lost(), totals.toString());
        assertEquals(0, inFlight(l, node));

        compare(l, plan);
        l.run(10);
        Hindsight hindsight = Objects.requireNonNull(l.now(op.id()).hindsight(), "compared once it has settled");
        assertTrue(hindsight.loadError().value() < 0.3, "load at receiving sites is off by " + hindsight.loadError());
        LOG.log(
                System.Logger.Level.INFO,
                "hindsight: load off by {0}, objective p95 by {1}, {2} s of {3} to {4} s",
                hindsight.loadError(),
                hindsight.objectiveError(),
                hindsight.seconds(),
                hindsight.lowSeconds(),
                hindsight.highSeconds());

        Plan back = l.plan(new OperationSpec.Restore(List.of(node), Duration.ofSeconds(10)));
        Operation restored = l.finish(l.start(back).id(), 200);
        assertEquals(OperationState.SUCCEEDED, restored.state(), restored.toString());
        l.run(20);
        assertEquals(
                AdminState.SERVING,
                Objects.requireNonNull(l.state().nodes().get(node)).adminState());
        assertTrue(inFlight(l, node) > 0, "it serves again");
        assertEquals(0, l.totals().aborted() + l.totals().lost());
    }

    /// Predicted against observed load per site; the error is a share of the model's whole load.
    private static void compare(OperatedLattice l, Plan plan) {
        List<ModelId> models =
                plan.effects().stream().map(SiteEffect::model).distinct().toList();
        assertFalse(models.isEmpty(), "a busy node has an effect");
        for (ModelId model : models) {
            Map<SiteId, Double> seen = l.observed(model, 15);
            double total =
                    seen.values().stream().mapToDouble(Double::doubleValue).sum();
            double wrong = 0;
            for (SiteEffect e : plan.effects()) {
                if (e.model().equals(model)) {
                    wrong += Math.abs(e.after().value() - seen.getOrDefault(e.site(), 0.0));
                }
            }
            double error = wrong / total;
            LOG.log(System.Logger.Level.INFO, "{0}: predicted and observed load differ by {1}", model, error);
            assertTrue(error < 0.25, model + ": predicted and observed differ by " + error + " of " + total + "/s");
        }
    }

    @Test
    void drainsUntilTheBudgetSaysNo() {
        var l = new OperatedLattice(24, 5, 1.4).run(30);
        OrderRefused refused = null;
        List<Operation> started = new ArrayList<>();
        for (NodeId node : l.state().nodes().keySet().stream().sorted().toList()) {
            refused = drainOrRefusal(l, node, started);
            if (refused != null) {
                break;
            }
        }
        assertTrue(!started.isEmpty(), "the first may go");
        OrderRefused last = Objects.requireNonNull(refused, "not all may go");
        assertEquals("FAILED_PRECONDITION", last.code(), last.getMessage());
        assertTrue(List.of("BUDGET", "VIOLATION_ADDED").contains(last.reason()), last.reason());
    }

    /// Starts a drain, planning again where another one has placed a replica on the node meanwhile.
    private static @Nullable OrderRefused drainOrRefusal(OperatedLattice l, NodeId node, List<Operation> started) {
        for (int i = 0; ; i++) {
            try {
                started.add(l.start(l.plan(drain(node))));
                return null;
            } catch (OrderRefused no) {
                if (i == 5 || !no.reason().equals("PREMISE_CHANGED")) {
                    return no;
                }
                l.run(1);
            }
        }
    }

    @Test
    void badVersionFailsItsGateAndRollsBack() {
        var l = new OperatedLattice(96, 7, 1).run(30);
        String version =
                Objects.requireNonNull(l.state().models().get(CHAT)).versions().getLast();
        l.inject(new FaultSpec(FaultKind.BAD_MODEL_VERSION, List.of(CHAT), 0, 0, 0, 0, version));
        Map<ReplicaId, String> before = versions(l, CHAT);
        Plan plan = l.plan(new OperationSpec.Redeploy(CHAT, version, List.of(), 0, Duration.ofSeconds(10), 0, 0, 2));
        Operation op = l.finish(l.start(plan).id(), 400);
        assertEquals(OperationState.ROLLED_BACK, op.state(), op.toString());
        assertEquals("GATE_FAILED", op.failureReason());
        l.run(5);
        assertEquals(before, versions(l, CHAT));
    }

    /// Its node has other models too, so the node's own error ratio hardly moves.
    @Test
    void aVersionThatFailsSometimesOnASharedNodeIsFoundByItsProbe() {
        ModelId vision = new ModelId("models/vision-2b");
        for (long seed = 1; seed <= 4; seed++) {
            var l = new OperatedLattice(24, seed, 0.6).run(30);
            l.inject(new FaultSpec(FaultKind.BAD_MODEL_VERSION, List.of(vision), 0.3, 0, 0, 0, "v2"));
            Map<ReplicaId, String> before = versions(l, vision);
            Plan plan = l.plan(new OperationSpec.Redeploy(vision, "v2", List.of(), 0, Duration.ofSeconds(5), 0, 0, 2));
            Operation op = l.finish(l.start(plan).id(), 600);
            assertEquals(OperationState.ROLLED_BACK, op.state(), "seed " + seed + ": " + op);
            l.run(5);
            assertEquals(before, versions(l, vision));
        }
    }

    @Test
    void goodVersionGoesEverywhere() {
        var l = new OperatedLattice(24, 7, 0.6).run(30);
        String version =
                Objects.requireNonNull(l.state().models().get(CHAT)).versions().getLast();
        Plan plan = l.plan(new OperationSpec.Redeploy(CHAT, version, List.of(), 0, Duration.ofSeconds(5), 0.2, 4, 4));
        Operation op = l.finish(l.start(plan).id(), 1_500);
        assertEquals(OperationState.SUCCEEDED, op.state(), op.toString());
        versions(l, CHAT).forEach((id, v) -> assertEquals(version + " " + ReplicaState.READY, v, id.name()));
        assertEquals(
                version, Objects.requireNonNull(l.state().models().get(CHAT)).version());
        assertEquals(0, l.totals().lost() + l.totals().aborted(), l.totals().toString());
    }

    @Test
    void rerouteMovesTheTrafficAndExpires() {
        var l = new OperatedLattice(96, 7, 0.6).run(30);
        RouteId id = l.state().routes().keySet().stream()
                .filter(r -> r.model().equals(CHAT))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .findFirst()
                .orElseThrow();
        Route route = Objects.requireNonNull(l.state().routes().get(id));
        Map<SiteId, Double> capacity = new TreeMap<>();
        for (NodeId n : l.state().nodes().keySet()) {
            for (Replica r : l.state().replicasOf(n)) {
                if (n.region().equals(id.region()) && r.model().equals(CHAT)) {
                    capacity.merge(n.site(), r.capacity().value(), Double::sum);
                }
            }
        }
        double all = capacity.values().stream().mapToDouble(Double::doubleValue).sum();
        List<SiteWeight> weights = capacity.entrySet().stream()
                .map(e -> new SiteWeight(e.getKey(), e.getValue() / all))
                .toList();
        var spec = new OperationSpec.Reroute(
                id, route.etag(), RouteMode.WEIGHTED, weights, 0.2, Duration.ofSeconds(40), true);
        Operation op = l.start(l.plan(spec));
        l.run(25);
        assertEquals("HOLD", l.now(op.id()).phase());
        Map<SiteId, Double> rates = new TreeMap<>();
        Objects.requireNonNull(l.load().flows().get(id))
                .forEach((s, f) -> rates.put(s, f.requests().value()));
        double total = rates.values().stream().mapToDouble(Double::doubleValue).sum();
        for (SiteWeight w : weights) {
            assertEquals(w.weight(), rates.getOrDefault(w.site(), 0.0) / total, 0.12, w + " of " + rates);
        }
        Operation ended = l.finish(op.id(), 60);
        assertEquals(OperationState.EXPIRED, ended.state(), ended.toString());
        l.run(3);
        assertEquals(
                RouteMode.AUTO,
                Objects.requireNonNull(l.state().routes().get(id)).mode());
    }

    @Test
    void aCoordinatorThatComesBackHoldsWhatWasUnderWayWhileTheLatticeWentOn() {
        var l = new OperatedLattice(48, 7, 1).run(30);
        NodeId node = busiest(l, CHAT);
        Operation op = l.start(l.plan(drain(node)));
        l.run(1);
        assertEquals(OperationState.RUNNING, l.now(op.id()).state());
        var coordinator = l.world.regions().get(l.world.coordinatorRegion()).gateway();
        l.inject(new FaultSpec(FaultKind.CONTROL_LOSS, List.of(coordinator), 0, 0, 0, 12, ""));
        OrderRefused refused = assertThrows(OrderRefused.class, () -> l.plan(drain(node)));
        assertEquals("UNAVAILABLE", refused.code());
        assertEquals("CONTROL_LOST", refused.reason());
        LedgerTotals before = l.totals();
        l.run(3);
        int elsewhere = (l.world.coordinatorRegion() + 1) % l.world.regions().size();
        NodeId crashed = l.state().nodes().keySet().stream()
                .filter(n -> n.region().equals(l.world.regions().get(elsewhere).id()))
                .sorted()
                .findFirst()
                .orElseThrow();
        var _ = l.sim.submit(
                elsewhere,
                new DrillOrder.Inject(
                        new FaultSpec(FaultKind.NODE_CRASH, List.of(crashed), 0, 0, 0, 0, ""),
                        "crash",
                        OperatedLattice.OPERATOR));
        l.run(5);
        assertEquals(1, l.sim.gateway(elsewhere).failovers().size(), "failover goes on without a coordinator");
        assertTrue(l.totals().finished() > before.finished() + 100, "routing goes on without a coordinator");
        assertEquals(OperationState.RUNNING, l.now(op.id()).state(), "nobody is there to say anything else");
        l.run(6);
        Operation held = l.now(op.id());
        assertEquals(OperationState.HELD, held.state(), held.toString());
        assertTrue(held.message().startsWith("the coordinator was away for 1"), held.message());
        l.run(10);
        assertEquals(OperationState.HELD, l.now(op.id()).state());
        l.order(new DrillOrder.Resume(op.id(), "go", OperatedLattice.OPERATOR), Operation.class);
        Operation done = l.finish(op.id(), 400);
        assertEquals(OperationState.SUCCEEDED, done.state(), done.toString());
    }
}
