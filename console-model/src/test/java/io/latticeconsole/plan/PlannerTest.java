package io.latticeconsole.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.SiteEffect;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final System.Logger LOG = System.getLogger(PlannerTest.class.getName());

    private static double unserved(Plan plan) {
        return plan.effects().stream()
                .mapToDouble((SiteEffect e) -> e.before().value() - e.after().value())
                .sum();
    }

    @Test
    void whatLeavesArrivesOrIsNamedAsUnserved() {
        for (long seed = 0; seed < 40; seed++) {
            Scene s = Scene.of(96, 0.3 + 0.015 * seed);
            Plan plan = s.drain(s.some(1 + (int) seed % 20, seed));
            Map<ModelId, Double> missing = new TreeMap<>();
            for (SiteEffect e : plan.effects()) {
                missing.merge(e.model(), e.before().value() - e.after().value(), Double::sum);
            }
            for (Map.Entry<ModelId, Double> e : missing.entrySet()) {
                double tolerance = 1e-3 + 0.01 * s.lattice().sites().size();
                assertTrue(e.getValue() > -tolerance, "load of " + e + " came from nowhere, seed " + seed);
                boolean named = plan.violations().stream()
                        .anyMatch(v -> v.kind() == ViolationKind.HEADROOM
                                && v.subject().equals(e.getKey().name()));
                if (e.getValue() > tolerance) {
                    assertTrue(named, e + " is unserved and not named, seed " + seed);
                }
            }
        }
    }

    @Test
    void aDrainOfMoreLeavesNoLessUnserved() {
        Scene s = Scene.of(96, 0.75);
        double before = 0;
        for (int n = 5; n <= 80; n += 15) {
            double now = unserved(s.drain(s.some(n, 3)));
            assertTrue(now >= before - 0.5, n + " nodes leave " + now + "/s unserved, fewer left " + before);
            before = now;
        }
        assertTrue(before > 1, "most of a loaded lattice cannot be spared");
    }

    @Test
    void plentyOfCapacityBreaksNothing() {
        Scene s = Scene.of(96, 0.15);
        for (NodeId node : s.some(30, 5)) {
            Plan plan = s.drain(List.of(node));
            assertFalse(plan.addsViolation(), node + ": " + plan.violations());
        }
    }

    @Test
    void budgetIsNamedWhereTooLittleStays() {
        Scene s = Scene.of(24, 0.9);
        Plan plan = s.drain(s.some(20, 1));
        assertTrue(plan.violations().stream().anyMatch(v -> v.kind() == ViolationKind.BUDGET && !v.presentBefore()));
    }

    @Test
    void hashCoversSpecificationAndPremisesOnly() {
        Scene s = Scene.of(24, 0.3);
        Scene busier = Scene.of(24, 0.4);
        List<NodeId> nodes = s.some(2, 1);
        assertEquals(s.drain(nodes).hash(), busier.drain(nodes).hash());
        assertNotEquals(s.drain(nodes).hash(), s.drain(nodes.subList(0, 1)).hash());
    }

    @Test
    void plansTenThousandNodes() {
        Scene s = Scene.of(10_000, 0.5);
        List<NodeId> nodes = s.some(12, 1);
        double best = Double.POSITIVE_INFINITY;
        for (NodeId node : nodes) {
            long start = System.nanoTime();
            Plan plan = s.drain(List.of(node));
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
            assertFalse(plan.effects().isEmpty());
        }
        LOG.log(System.Logger.Level.INFO, "a drain among 10,000 nodes is planned in {0} ms", best);
    }

    @Test
    void aRedeployNamesTheNodesItLeavesAlone() {
        Scene s = Scene.of(96, 0.3);
        ModelId model = new ModelId("models/vision-2b");
        NodeId with = node(s, model, true);
        NodeId without = node(s, model, false);
        var spec = new OperationSpec.Redeploy(model, "v2", List.of(with, without), 0, null, 0, 0, 0);
        Plan plan = Planner.plan(s.lattice(), s.load(), spec, List.of());
        assertEquals(
                List.of(
                        "The only replica is the canary, for 15 s. It rolls back by itself if the gate fails.",
                        "No ready replica to replace on " + without + "."),
                plan.notes());
    }

    private static NodeId node(Scene s, ModelId model, boolean runsIt) {
        return s.lattice().nodes().keySet().stream()
                .sorted()
                .filter(n -> runsIt
                        == s.lattice().replicasOf(n).stream()
                                .anyMatch(r -> r.model().equals(model)))
                .findFirst()
                .orElseThrow();
    }
}
