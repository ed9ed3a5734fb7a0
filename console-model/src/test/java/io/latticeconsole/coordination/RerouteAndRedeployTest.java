package io.latticeconsole.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationPhase;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RerouteAndRedeployTest {
    private static final Caller ALICE = new Caller("alice", true);
    private static final RouteId ROUTE = new RouteId("regions/eu/routes/chat-8b");
    private static final SiteId NEAR = new SiteId("regions/eu/sites/s-1");
    private static final SiteId FAR = new SiteId("regions/us/sites/s-1");

    private final FakeHost host = new FakeHost(11, 2, List.of(48, 48, 24));

    RerouteAndRedeployTest() {
        host.offered.put(FakeLattice.CHAT, 30.0);
    }

    private static OperationSpec.Reroute reroute(@Nullable Duration expiry, double far) {
        return new OperationSpec.Reroute(
                ROUTE,
                "",
                RouteMode.WEIGHTED,
                List.of(new SiteWeight(NEAR, 1 - far), new SiteWeight(FAR, far)),
                0.1,
                expiry,
                false);
    }

    private static OperationSpec.Redeploy redeploy() {
        return new OperationSpec.Redeploy(FakeLattice.CHAT, "2", List.of(), 0, Duration.ofSeconds(5), 0, 0, 2);
    }

    private Operation start(OperationSpec spec) {
        Plan plan = host.coordinator.plan(spec, ALICE);
        Armed armed = host.coordinator.arm(plan.hash(), ALICE);
        return host.coordinator.start(armed.token(), plan.name(), "", false, ALICE);
    }

    private Operation now(Operation op) {
        return Objects.requireNonNull(host.operations.get(op.id()));
    }

    private Route route() {
        return Objects.requireNonNull(host.lattice.told.routes().get(ROUTE));
    }

    private Map<ReplicaId, String> versions() {
        Map<ReplicaId, String> versions = new TreeMap<>();
        host.lattice.nodes.values().forEach(n -> n.replicas.forEach((id, r) -> versions.put(id, r.version)));
        return versions;
    }

    @Test
    void rampsTheWeightsAndStays() {
        Operation op = start(reroute(null, 0.5));
        host.run(3);
        double share = now(op).progress().shareMoved();
        assertTrue(share > 0.05 && share < 0.95, "share " + share);
        assertEquals(RouteMode.WEIGHTED, route().mode());
        assertEquals(
                1, route().weights().stream().mapToDouble(SiteWeight::weight).sum(), 1e-9);
        host.run(60);
        assertEquals(OperationState.SUCCEEDED, now(op).state(), now(op).toString());
        assertEquals(List.of(new SiteWeight(NEAR, 0.5), new SiteWeight(FAR, 0.5)), route().weights());
    }

    @Test
    void expiryRestoresTheFormerMode() {
        Operation op = start(reroute(Duration.ofSeconds(20), 0.5));
        host.run(15);
        assertEquals("HOLD", now(op).phase());
        host.run(7);
        assertEquals(OperationState.EXPIRED, now(op).state(), now(op).toString());
        assertEquals(RouteMode.AUTO, route().mode());
    }

    @Test
    void brokenObjectiveRevertsByItself() {
        Operation op = start(reroute(null, 0.5));
        host.run(3);
        host.slow.put(FAR, 9_000.0);
        host.run(8);
        assertEquals(OperationState.ROLLED_BACK, now(op).state(), now(op).toString());
        assertEquals("OBJECTIVE_BROKEN", now(op).failureReason());
        assertEquals(RouteMode.AUTO, route().mode());
    }

    @Test
    void cancelRestoresTheWeightsBefore() {
        start(reroute(null, 0.3));
        host.run(60);
        List<SiteWeight> before = route().weights();
        Operation op = start(reroute(null, 0.9));
        host.run(3);
        assertFalse(before.equals(route().weights()));
        host.coordinator.cancel(op.id(), "c", "no", ALICE);
        host.run(2);
        assertEquals(OperationState.CANCELLED, now(op).state());
        assertEquals(before, route().weights());
    }

    @Test
    void staleEtagAndWrongWeightsAreRefused() {
        var stale = new OperationSpec.Reroute(
                ROUTE, "77", RouteMode.WEIGHTED, List.of(new SiteWeight(NEAR, 1)), 0, null, false);
        OrderRefused aborted = assertThrows(OrderRefused.class, () -> host.coordinator.plan(stale, ALICE));
        assertEquals("ABORTED", aborted.code());
        assertEquals("PREMISE_CHANGED", aborted.reason());
        var half = new OperationSpec.Reroute(
                ROUTE, "", RouteMode.WEIGHTED, List.of(new SiteWeight(NEAR, 0.5)), 0, null, false);
        OrderRefused field = assertThrows(OrderRefused.class, () -> host.coordinator.plan(half, ALICE));
        assertEquals("INVALID_ARGUMENT", field.code());
        assertEquals(List.of("weights"), field.subjects());
    }

    @Test
    void redeploysCanaryFirstThenInWaves() {
        Operation op = start(redeploy());
        host.run(200);
        assertEquals(OperationState.SUCCEEDED, now(op).state(), now(op).toString());
        assertEquals(
                List.of("SURGE", "CANARY", "BAKE", "GATE", "WAVE"),
                now(op).phases().stream().map(OperationPhase::phase).toList());
        long old = versions().entrySet().stream()
                .filter(e ->
                        e.getKey().code().startsWith("chat") && e.getValue().equals("1"))
                .count();
        assertEquals(0, old);
        long fresh = versions().keySet().stream()
                .filter(id -> id.code().startsWith("chat"))
                .count();
        assertEquals(host.lattice.nodes.size(), fresh);
        assertEquals(
                "2",
                Objects.requireNonNull(host.lattice.told.models().get(FakeLattice.CHAT))
                        .version());
    }

    @Test
    void badVersionRollsBackByItself() {
        host.lattice.gateways.values().forEach(g -> g.badVersion = "2");
        Map<ReplicaId, String> before = versions();
        Operation op = start(redeploy());
        host.run(60);
        assertEquals(OperationState.ROLLED_BACK, now(op).state(), now(op).toString());
        assertEquals("GATE_FAILED", now(op).failureReason());
        assertEquals(before, versions());
    }

    @Test
    void errorsInAWaveRollEverythingBack() {
        Map<ReplicaId, String> before = versions();
        Operation op = start(redeploy());
        for (int i = 0; i < 150 && !now(op).phase().equals("WAVE"); i++) {
            host.run(1);
        }
        assertEquals("WAVE", now(op).phase());
        host.lattice.gateways.values().forEach(g -> g.badVersion = "2");
        host.run(200);
        assertEquals(OperationState.ROLLED_BACK, now(op).state(), now(op).toString());
        assertEquals(before, versions());
        host.lattice
                .gateways
                .values()
                .forEach(g -> before.keySet().forEach(id -> assertEquals(1, g.weight(id.name()))));
    }

    @Test
    void cancelledRedeployRollsBack() {
        Map<ReplicaId, String> before = versions();
        Operation op = start(redeploy());
        host.run(40);
        host.coordinator.cancel(op.id(), "c", "enough", ALICE);
        host.run(120);
        assertEquals(OperationState.ROLLED_BACK, now(op).state(), now(op).toString());
        assertEquals("CANCELLED", now(op).failureReason());
        assertEquals(before, versions());
    }
}
