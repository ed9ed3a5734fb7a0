package io.latticeconsole.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationPhase;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.Violation;
import io.latticeconsole.plan.ViolationKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CoordinatorTest {
    private static final Caller ALICE = new Caller("alice", false);
    private static final Caller BOB = new Caller("bob", false);
    private static final NodeId N1 = new NodeId("regions/eu/sites/s-1/nodes/n1");
    private static final NodeId N2 = new NodeId("regions/eu/sites/s-1/nodes/n2");
    private static final SiteId SITE = new SiteId("regions/eu/sites/s-1");

    private final FakeHost host = new FakeHost(7, 2, List.of(48, 48, 24));

    static List<ViolationKind> added(Plan plan) {
        return plan.violations().stream()
                .filter(v -> !v.presentBefore())
                .map(Violation::kind)
                .distinct()
                .toList();
    }

    private static OperationSpec.Drain drain(ResourceName... targets) {
        return new OperationSpec.Drain(List.of(targets), Duration.ofSeconds(60), DeadlinePolicy.EXTEND);
    }

    private Operation start(OperationSpec spec, String requestId) {
        Plan plan = host.coordinator.plan(spec, ALICE);
        Armed armed = host.coordinator.arm(plan.hash(), ALICE);
        return host.coordinator.start(armed.token(), requestId, "fans", false, ALICE);
    }

    private Operation now(Operation op) {
        return Objects.requireNonNull(host.operations.get(op.id()));
    }

    @Test
    void drainsThroughItsPhasesAndRestores() {
        Operation op = start(drain(N1), "r1");
        host.run(60);
        assertEquals(OperationState.SUCCEEDED, now(op).state(), now(op).toString());
        assertEquals(
                List.of("CORDON", "SURGE", "STOP_ADMITTING", "PROPAGATE", "QUIESCE"),
                now(op).phases().stream().map(OperationPhase::phase).toList());
        assertEquals(AdminState.DRAINED, host.lattice.node(N1).admin);
        assertTrue(host.lattice.node(N1).running.isEmpty());

        Operation back = start(new OperationSpec.Restore(List.of(N1), Duration.ofSeconds(5)), "r2");
        host.run(40);
        assertEquals(OperationState.SUCCEEDED, now(back).state(), now(back).toString());
        assertEquals(AdminState.SERVING, host.lattice.node(N1).admin);
        host.lattice.gateways.values().forEach(g -> assertEquals(1, g.weight(N1.name())));
        assertEquals(List.of(), host.broken);
        assertTrue(host.events.stream()
                .anyMatch(e -> e.type().equals("OPERATION_STARTED")
                        && e.message().contains("alice")
                        && e.message().contains("fans")));
    }

    @Test
    void replacementsComeFirstAndGoWithTheRestore() {
        host.offered.put(FakeLattice.CHAT, 150.0);
        Operation op = start(drain(N1), "r1");
        host.run(2);
        assertEquals("SURGE", now(op).phase());
        assertEquals(1, now(op).progress().replicasTotal());
        host.run(60);
        assertEquals(OperationState.SUCCEEDED, now(op).state());
        long surged = host.lattice.nodes.values().stream()
                .flatMap(n -> n.replicas.keySet().stream())
                .filter(r -> r.code().contains("-op"))
                .count();
        assertEquals(1, surged);
        Operation back = start(new OperationSpec.Restore(List.of(N1), Duration.ofSeconds(5)), "r2");
        host.run(90);
        assertEquals(OperationState.SUCCEEDED, now(back).state(), now(back).toString());
        assertTrue(host.lattice.nodes.values().stream()
                .flatMap(n -> n.replicas.keySet().stream())
                .noneMatch(r -> r.code().contains("-op")));
        assertEquals(List.of(), host.broken);
    }

    @Test
    void sameRequestIdHasOneEffect() {
        Plan plan = host.coordinator.plan(drain(N1), ALICE);
        Armed armed = host.coordinator.arm(plan.hash(), ALICE);
        Operation once = host.coordinator.start(armed.token(), "r", "why", false, ALICE);
        Operation twice = host.coordinator.start(armed.token(), "r", "why", false, ALICE);
        assertEquals(once, twice);
        assertEquals(1, host.operations.size());
    }

    @Test
    void armsHaveOneHolderAndEnd() {
        Plan plan = host.coordinator.plan(drain(N1), ALICE);
        host.coordinator.arm(plan.hash(), ALICE);
        Plan site = host.coordinator.plan(drain(SITE), BOB);
        OrderRefused refused = assertThrows(OrderRefused.class, () -> host.coordinator.arm(site.hash(), BOB));
        assertEquals("ARMED_BY_ANOTHER", refused.reason());
        assertTrue(refused.subjects().contains("alice"));
        host.run(31);
        assertTrue(host.arms.isEmpty());
        host.coordinator.arm(host.coordinator.plan(drain(SITE), BOB).hash(), BOB);
        assertEquals("bob", host.arms.values().iterator().next().holder());
    }

    @Test
    void unarmedStartIsRefused() {
        OrderRefused refused =
                assertThrows(OrderRefused.class, () -> host.coordinator.start("arm-0", "r", "", false, ALICE));
        assertEquals("FAILED_PRECONDITION", refused.code());
        assertEquals("NOT_ARMED", refused.reason());
        Plan plan = host.coordinator.plan(drain(N1), ALICE);
        Armed armed = host.coordinator.arm(plan.hash(), ALICE);
        host.run(31);
        assertEquals(
                "NOT_ARMED",
                assertThrows(OrderRefused.class, () -> host.coordinator.start(armed.token(), "r2", "", false, ALICE))
                        .reason());
    }

    @Test
    void changedPremiseAborts() {
        Plan plan = host.coordinator.plan(drain(N1), ALICE);
        Armed armed = host.coordinator.arm(plan.hash(), ALICE);
        FakeNode n = host.lattice.node(N1);
        n.etag++;
        host.lattice.tell(n);
        OrderRefused refused =
                assertThrows(OrderRefused.class, () -> host.coordinator.start(armed.token(), "r", "", false, ALICE));
        assertEquals("ABORTED", refused.code());
        assertEquals("PREMISE_CHANGED", refused.reason());
        assertEquals(List.of(N1.name()), refused.subjects());
    }

    @Test
    void secondDrainThatBreaksTheBudgetIsRefused() {
        var tight = new FakeHost(3, 1, List.of(20, 20));
        tight.offered.put(FakeLattice.CHAT, 42.0);
        Plan first = tight.coordinator.plan(drain(N1), ALICE);
        assertEquals(List.of(ViolationKind.N_MINUS_1), added(first), "two nodes can be spared, but no third");
        Armed armed = tight.coordinator.arm(first.hash(), ALICE);
        Plan second = tight.coordinator.plan(drain(new NodeId("regions/us/sites/s-1/nodes/n1")), BOB);
        assertEquals(List.of(ViolationKind.N_MINUS_1), added(second));
        Armed other = tight.coordinator.arm(second.hash(), BOB);
        tight.coordinator.start(armed.token(), "r1", "the reserve may go", true, ALICE);
        OrderRefused refused = assertThrows(
                OrderRefused.class, () -> tight.coordinator.start(other.token(), "r2", "so may this", true, BOB));
        assertEquals("ABORTED", refused.code());
        assertEquals("NEW_VIOLATION", refused.reason());

        Plan again = tight.coordinator.plan(drain(new NodeId("regions/us/sites/s-1/nodes/n1")), BOB);
        assertTrue(again.addsViolation());
        Armed anew = tight.coordinator.arm(again.hash(), BOB);
        OrderRefused budget =
                assertThrows(OrderRefused.class, () -> tight.coordinator.start(anew.token(), "r3", "", false, BOB));
        assertEquals("FAILED_PRECONDITION", budget.code());
        assertEquals("BUDGET", budget.reason());
        assertEquals(
                List.of(FakeLattice.CHAT.name()),
                budget.subjects().stream().distinct().toList());
        Operation forced = tight.coordinator.start(anew.token(), "r4", "it burns", true, BOB);
        assertTrue(forced.acceptedRisk());
    }

    @Test
    void unreachableRouterHoldsThenGoesOn() {
        host.longShare = 0;
        Operation op = start(drain(N1), "r1");
        FakeGateway us = Objects.requireNonNull(host.lattice.gateways.get(new GatewayId("gateways/us")));
        us.cut = true;
        host.run(45);
        assertEquals(OperationState.HELD, now(op).state());
        assertEquals("PROPAGATE", now(op).phase());
        assertTrue(now(op).message().contains("gateways/us (unreachable)"), now(op).message());
        us.cut = false;
        host.run(3);
        host.coordinator.resume(op.id(), "r2", BOB);
        host.run(40);
        assertEquals(OperationState.SUCCEEDED, now(op).state(), now(op).toString());
        assertEquals(List.of(), host.broken);
    }

    @Test
    void dyingTargetFailsTheDrainAndComesBackCordoned() {
        Operation op = start(drain(N1), "r1");
        host.run(1);
        host.lattice.kill(host.lattice.node(N1));
        host.coordinator.nodeLost(N1);
        host.run(3);
        assertEquals(OperationState.FAILED, now(op).state());
        assertEquals("TARGET_LOST", now(op).failureReason());
        host.lattice.revive(host.lattice.node(N1));
        host.run(1);
        assertEquals(AdminState.CORDONED, host.lattice.node(N1).admin);
    }

    @Test
    void unknownNodeAndBadFieldsAreNamed() {
        var nowhere = new NodeId("regions/eu/sites/s-1/nodes/n77");
        OrderRefused missing = assertThrows(OrderRefused.class, () -> host.coordinator.plan(drain(nowhere), ALICE));
        assertEquals("NOT_FOUND", missing.code());
        assertEquals(List.of(nowhere.name()), missing.subjects());
        OrderRefused empty = assertThrows(OrderRefused.class, () -> host.coordinator.plan(drain(), ALICE));
        assertEquals("INVALID_ARGUMENT", empty.code());
        assertEquals(List.of("targets"), empty.subjects());
        assertEquals(OperationState.RUNNING, start(drain(N2), "r").state());
    }

    @Test
    void afterARestartWhatWasUnderWayWaitsAndGoesOnWhenResumed() {
        host.offered.put(FakeLattice.CHAT, 150.0);
        Operation op = start(drain(N1), "r1");
        Plan other = host.coordinator.plan(drain(N2), BOB);
        Armed armed = host.coordinator.arm(other.hash(), BOB);
        host.run(2);
        host.coordinator.restarted("the coordinator was away for 9 s");
        assertEquals(OperationState.HELD, now(op).state());
        assertEquals("the coordinator was away for 9 s", now(op).message());
        assertTrue(host.arms.isEmpty(), "what was armed before has to be armed again");
        OrderRefused refused =
                assertThrows(OrderRefused.class, () -> host.coordinator.start(armed.token(), "r2", "", false, BOB));
        assertEquals("NOT_ARMED", refused.reason());
        assertEquals(
                OperationState.RUNNING,
                host.coordinator.start("any", "r1", "fans", false, ALICE).state(),
                "the first answer to a start is given again");
        String phase = now(op).phase();
        host.run(20);
        assertEquals(OperationState.HELD, now(op).state());
        assertEquals(phase, now(op).phase());
        host.coordinator.resume(op.id(), "r3", ALICE);
        host.run(60);
        assertEquals(OperationState.SUCCEEDED, now(op).state(), now(op).toString());
        host.coordinator.restarted("again");
        assertEquals(OperationState.SUCCEEDED, now(op).state(), "what has ended stays ended");
    }

    /// However many have ended since it began, one that was under way is not forgotten.
    @Test
    void ofTheOperationsOfBeforeOnlyEndedOnesAreTooMany() {
        Operation underWay = start(drain(N1), "r1");
        List<Operation> before = new ArrayList<>(List.of(underWay));
        for (int n = 2; n <= Running.FINISHED_KEPT + 51; n++) {
            before.add(ended(n, underWay));
        }
        Coordinator next = new Coordinator(host, 3);
        next.recall(before);
        assertEquals(Running.FINISHED_KEPT + 1, next.operations().size());
        assertEquals("COORDINATOR_LOST", now(underWay).failureReason());
        assertEquals(OperationId.numbered(52), next.operations().get(1).id(), "the newest of those that had ended");
        assertFalse(next.isBusy(N1), "nobody goes on with it");
        Plan plan = next.plan(drain(N2), ALICE);
        Operation anew = next.start(next.arm(plan.hash(), ALICE).token(), "r9", "fans", true, ALICE);
        assertEquals(Running.FINISHED_KEPT + 52, anew.id().number());
    }

    private static Operation ended(int number, Operation like) {
        return new Operation(
                OperationId.numbered(number),
                like.spec(),
                like.targets(),
                OperationState.SUCCEEDED,
                "",
                List.of(),
                like.progress(),
                like.operator(),
                false,
                "",
                false,
                "",
                "",
                like.start().plusSeconds(number),
                like.start().plusSeconds(number + 1),
                List.of(),
                null,
                "");
    }
}
