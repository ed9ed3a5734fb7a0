package io.latticeconsole.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationPhase;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What the gate of a redeploy rests on: the canaries' own requests, enough of them, and never a missing reading.
class CanaryGateTest {
    private static final Caller ALICE = new Caller("alice", true);

    private final FakeHost host = new FakeHost(3, 2, List.of(48, 48, 48));

    private Operation redeploy(double canaries, double limit) {
        var spec = new OperationSpec.Redeploy(
                FakeLattice.CHAT, "2", List.of(), canaries, Duration.ofSeconds(5), limit, 0, 6);
        host.run(20);
        Plan plan = host.coordinator.plan(spec, ALICE);
        Armed armed = host.coordinator.arm(plan.hash(), ALICE);
        Operation op = host.coordinator.start(armed.token(), plan.name(), "", false, ALICE);
        for (int i = 0; i < 400 && !now(op).state().isFinal(); i++) {
            host.run(1);
        }
        return now(op);
    }

    private Operation now(Operation op) {
        return Objects.requireNonNull(host.operations.get(op.id()));
    }

    private void bad(double share) {
        host.badShare = share;
        host.lattice.gateways.values().forEach(g -> {
            g.badVersion = "2";
            g.probesPass = true;
        });
    }

    private static String detail(Operation op, String phase) {
        return op.phases().stream()
                .filter(p -> p.phase().equals(phase))
                .map(OperationPhase::detail)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void passesOnEnoughRequestsAndSaysWhatWasMeasured() {
        Operation op = redeploy(0.5, 0.05);
        assertEquals(OperationState.SUCCEEDED, op.state(), op.toString());
        String text = detail(op, "GATE");
        assertTrue(
                text.matches("canary 0\\.0 % errors of (5\\d|[6-9]\\d|\\d{3,}) requests, limit 5\\.0 %;"
                        + " TTFT p95 300 ms, limit 450 ms"),
                text);
        assertTrue(host.events.stream().anyMatch(e -> e.message().endsWith("WAVE: passed: " + text)));
    }

    @Test
    void aTenthOfFailuresIsFoundThoughNodesAndProbesLookWell() {
        bad(0.1);
        Operation op = redeploy(0.5, 0.01);
        assertEquals(OperationState.ROLLED_BACK, op.state(), op.toString());
        assertEquals("GATE_FAILED", op.failureReason());
        assertTrue(op.message().matches("canary \\d+\\.\\d % errors of \\d+ requests, limit 1\\.0 %"), op.message());
    }

    @Test
    void failuresOfAnotherModelOnTheSameNodesAreNotTheCanarys() {
        host.errs = FakeLattice.EMBED;
        Operation op = redeploy(0.5, 0.02);
        assertEquals(OperationState.SUCCEEDED, op.state(), op.toString());
    }

    @Test
    void withoutTrafficProbesDecide() {
        host.quiet = true;
        Operation op = redeploy(0.1, 0.02);
        assertEquals(OperationState.SUCCEEDED, op.state(), op.toString());
        assertTrue(
                detail(op, "GATE").startsWith("canary 0.0 % errors of 0 requests and 120 probes, limit 2.0 %"),
                detail(op, "GATE"));
    }

    @Test
    void aMissingReadingFailsInTheEndAndSaysSo() {
        host.muteVersion = "2";
        Operation op = redeploy(0.1, 0.02);
        assertEquals(OperationState.ROLLED_BACK, op.state(), op.toString());
        assertEquals("GATE_FAILED", op.failureReason());
        assertTrue(op.message().startsWith("after 60 s: "), op.message());
        assertTrue(op.message().contains("no reading of " + "regions/"), op.message());
    }
}
