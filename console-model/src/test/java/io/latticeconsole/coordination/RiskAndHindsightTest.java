package io.latticeconsole.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.ViolationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What an operator risks by an operation, and how right the plan was.
class RiskAndHindsightTest {
    private static final Caller ALICE = new Caller("alice", false);
    private static final NodeId N1 = new NodeId("regions/eu/sites/s-1/nodes/n1");

    private final FakeHost host = new FakeHost(7, 2, List.of(48, 48, 24));

    private static OperationSpec.Drain drain(NodeId target) {
        return new OperationSpec.Drain(List.of(target), Duration.ofSeconds(60), DeadlinePolicy.EXTEND);
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
    void theLastReserveGoesOnlyIfTheRiskIsAcceptedWithAReason() {
        var tight = new FakeHost(3, 1, List.of(20, 20));
        tight.offered.put(FakeLattice.CHAT, 42.0);
        Plan plan = tight.coordinator.plan(drain(N1), ALICE);
        Armed armed = tight.coordinator.arm(plan.hash(), ALICE);
        OrderRefused refused =
                assertThrows(OrderRefused.class, () -> tight.coordinator.start(armed.token(), "r1", "", false, ALICE));
        assertEquals("FAILED_PRECONDITION", refused.code());
        OrderRefused silent =
                assertThrows(OrderRefused.class, () -> tight.coordinator.start(armed.token(), "r2", " ", true, ALICE));
        assertEquals(List.of("reason"), silent.subjects());
        Operation op = tight.coordinator.start(armed.token(), "r3", "fan replacement", true, ALICE);
        assertTrue(op.acceptedRisk());
        assertEquals("fan replacement", op.reason());
    }

    @Test
    void aLatticeThatIsInsecureAlreadyStillLetsASickNodeGo() {
        var insecure = new FakeHost(3, 1, List.of(20, 20));
        insecure.offered.put(FakeLattice.CHAT, 5.5 * FakeLattice.CAPACITY);
        Plan plan = insecure.coordinator.plan(drain(N1), ALICE);
        assertTrue(plan.violations().stream().anyMatch(v -> v.kind() == ViolationKind.N_MINUS_1 && v.presentBefore()));
        assertFalse(
                CoordinatorTest.added(plan).contains(ViolationKind.N_MINUS_1),
                plan.violations().toString());
    }

    @Test
    void whatFollowedIsComparedWithWhatWasPredicted() {
        host.longShare = 0;
        Plan plan = host.coordinator.plan(drain(N1), ALICE);
        Operation op = start(drain(N1), "r1");
        host.run(40);
        Operation ended = now(op);
        assertEquals(OperationState.SUCCEEDED, ended.state());
        Instant end = Objects.requireNonNull(ended.end());
        host.run(Math.max(0, 26 - Duration.between(end, host.time.now()).toMillis() / 1000.0));
        Operation known = now(op);
        Hindsight hindsight = Objects.requireNonNull(known.hindsight(), "measured once it has settled");
        assertFalse(hindsight.measured().isBefore(end.plus(Afterwards.SETTLE).plus(Afterwards.MEASURE)));
        assertEquals(plan.durationLowSeconds(), hindsight.lowSeconds());
        assertEquals(plan.durationHighSeconds(), hindsight.highSeconds());
        assertEquals(Duration.between(ended.start(), end).toMillis() / 1000.0, hindsight.seconds());
        assertEquals(known.predicted().size(), hindsight.observed().size());
        for (int i = 0; i < known.predicted().size(); i++) {
            // The traffic of this host does not move by itself: what comes is what came before.
            assertEquals(
                    known.predicted().get(i).before().value(),
                    hindsight.observed().get(i).after().value(),
                    1e-6);
        }
        host.run(30);
        assertEquals(known, now(op), "measured once");
    }

    /// Traffic that swings by half from second to second is judged by its mean, not by the moment.
    @Test
    void whatFollowedIsTheMeanOfTenSeconds() {
        host.longShare = 0;
        Operation op = start(drain(N1), "r1");
        host.run(40);
        Instant end = Objects.requireNonNull(now(op).end());
        double calm = Objects.requireNonNull(host.offered.get(FakeLattice.CHAT));
        host.run(Math.max(0, 14.9 - Duration.between(end, host.time.now()).toMillis() / 1000.0));
        for (int second = 0; second < 12 && now(op).hindsight() == null; second++) {
            host.offered.put(FakeLattice.CHAT, calm * (second % 2 == 0 ? 1.5 : 0.5));
            host.run(1);
        }
        Operation known = now(op);
        Hindsight hindsight = Objects.requireNonNull(known.hindsight());
        for (int i = 0; i < known.predicted().size(); i++) {
            double before = known.predicted().get(i).before().value();
            assertEquals(before, hindsight.observed().get(i).after().value(), 0.1 * before);
        }
    }

    @Test
    void ofWhatWasCancelledNothingWasPredicted() {
        Operation op = start(drain(N1), "r1");
        host.run(1);
        host.coordinator.cancel(op.id(), "r2", "not now", ALICE);
        host.run(60);
        assertEquals(OperationState.CANCELLED, now(op).state());
        assertNull(now(op).hindsight());
    }
}
