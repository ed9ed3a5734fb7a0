package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationPhase;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The canary gate over real requests of the drill, on nodes that serve several models.
class CanaryInTheDrillTest {
    private static final ModelId VISION = new ModelId("models/vision-2b");
    private static final ModelId CHAT = new ModelId("models/chat-8b");

    private static OperationSpec.Redeploy vision(List<NodeId> nodes, double canaries, double limit) {
        return new OperationSpec.Redeploy(VISION, "v2", nodes, canaries, Duration.ofSeconds(5), limit, 4, 4);
    }

    private static Map<ReplicaId, String> versions(OperatedLattice l) {
        Map<ReplicaId, String> versions = new TreeMap<>();
        for (NodeId node : l.state().nodes().keySet()) {
            for (Replica r : l.state().replicasOf(node)) {
                if (r.model().equals(VISION)) {
                    versions.put(r.id(), r.version() + " " + r.state());
                }
            }
        }
        return versions;
    }

    /// How a version that fails so often is refused.
    private static String refused(long seed, double failures, double canaries, double limit) {
        var l = new OperatedLattice(24, seed, 0.6).run(30);
        l.inject(new FaultSpec(FaultKind.BAD_MODEL_VERSION, List.of(VISION), failures, 0, 0, 0, "v2"));
        Map<ReplicaId, String> before = versions(l);
        Operation op =
                l.finish(l.start(l.plan(vision(List.of(), canaries, limit))).id(), 600);
        assertEquals(OperationState.ROLLED_BACK, op.state(), "seed " + seed + ": " + op);
        assertEquals("GATE_FAILED", op.failureReason());
        l.run(5);
        assertEquals(before, versions(l));
        return op.message();
    }

    @Test
    void aVersionThatFailsOnceInTenNeverPasses() {
        refused(1, 0.1, 0.3, 0.02);
        refused(2, 0.1, 0.3, 0.02);
    }

    @Test
    void aVersionThatItsProbesLetThroughIsFoundByItsRequests() {
        List<String> why = LongStream.rangeClosed(1, 5)
                .mapToObj(seed -> refused(seed, 0.04, 0, 0.01))
                .toList();
        assertTrue(
                why.stream().anyMatch(w -> w.matches("canary \\d+\\.\\d % errors of \\d+ requests.*, limit 1\\.0 %")),
                why.toString());
    }

    @Test
    void aGoodVersionPassesThoughAnotherModelFailsOnItsNodes() {
        var l = new OperatedLattice(24, 7, 0.6).run(10);
        l.inject(new FaultSpec(FaultKind.BAD_MODEL_VERSION, List.of(CHAT), 0.3, 0, 0, 0, "v1"));
        l.run(30);
        List<NodeId> shared = l.state().nodes().keySet().stream()
                .filter(n -> has(l, n, VISION) && has(l, n, CHAT))
                .sorted()
                .limit(4)
                .toList();
        assertTrue(!shared.isEmpty());
        Operation op = l.finish(l.start(l.plan(vision(shared, 0.3, 0.02))).id(), 600);
        assertEquals(OperationState.SUCCEEDED, op.state(), op.toString());
        String gate = op.phases().stream()
                .filter(p -> p.phase().equals("GATE"))
                .map(OperationPhase::detail)
                .findFirst()
                .orElseThrow();
        assertTrue(gate.startsWith("canary 0.0 % errors of "), gate);
    }

    @Test
    void aProbeThatASilentNodeDidNotHearIsAskedAnew() {
        var l = new OperatedLattice(24, 7, 0.6).run(10);
        String home = l.world.regions().get(l.world.coordinatorRegion()).id().name();
        NodeId node = l.state().nodes().keySet().stream()
                .filter(n -> has(l, n, VISION) && !n.region().name().equals(home))
                .sorted()
                .findFirst()
                .orElseThrow();
        Operation op = l.start(l.plan(vision(List.of(node), 1, 0.02)));
        while (versions(l).values().stream().noneMatch(v -> v.equals("v2 READY"))) {
            l.run(0.01);
        }
        l.inject(new FaultSpec(FaultKind.NODE_SILENT, List.of(node), 0, 0, 0, 1, ""));
        assertEquals(OperationState.SUCCEEDED, l.finish(op.id(), 300).state());
    }

    private static boolean has(OperatedLattice l, NodeId node, ModelId model) {
        return l.state().replicasOf(node).stream().anyMatch(r -> r.model().equals(model));
    }
}
