package io.latticeconsole.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ContingenciesTest {
    private static final System.Logger LOG = System.getLogger(ContingenciesTest.class.getName());

    private static Forecast drained(Scene s, List<NodeId> nodes) {
        var f = new Forecast(
                s.lattice(), s.load(), new TreeSet<>(s.lattice().models().keySet()), List.of());
        nodes.forEach(f::remove);
        f.spread();
        return f;
    }

    private static Set<ResourceName> names(List<Contingencies.Loss> losses) {
        Set<ResourceName> names = new HashSet<>();
        losses.forEach(l -> names.add(l.lost()));
        return names;
    }

    /// The plain definition: capacity by node from the lattice itself, and what it leaves of the load.
    private static Set<ResourceName> plainly(Scene s, ModelId model, Set<NodeId> gone, double load) {
        Map<ResourceName, Double> lost = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
        double all = 0;
        for (NodeId node : s.lattice().nodes().keySet()) {
            for (Replica r : s.lattice().replicasOf(node)) {
                if (r.model().equals(model) && !gone.contains(node)) {
                    all += r.capacity().value();
                    lost.merge(node, r.capacity().value(), Double::sum);
                    lost.merge(node.site(), r.capacity().value(), Double::sum);
                }
            }
        }
        Set<ResourceName> broken = new HashSet<>();
        double capacity = all;
        lost.forEach((name, part) -> {
            if (load - (capacity - part) > 0.02) {
                broken.add(name);
            }
        });
        return broken;
    }

    @Test
    void namesExactlyTheLossesThatLeaveTooLittle() {
        int broken = 0;
        int whole = 0;
        for (int seed = 0; seed < 60; seed++) {
            Scene s = Scene.of(48, 0.5 + 0.007 * seed);
            List<NodeId> nodes = s.some(1 + seed % 5, seed);
            Forecast f = drained(s, nodes);
            for (ModelId model : f.models) {
                if (f.unserved(model) > 0) {
                    continue;
                }
                Set<ResourceName> expected = plainly(s, model, new HashSet<>(nodes), f.offered(model));
                assertEquals(expected, names(Contingencies.after(f, model)), model + " seed " + seed);
                assertEquals(plainly(s, model, Set.of(), f.offered(model)), names(Contingencies.before(f, model)));
                broken += expected.isEmpty() ? 0 : 1;
                whole += expected.isEmpty() ? 1 : 0;
            }
        }
        assertTrue(broken > 20 && whole > 20, broken + " broken, " + whole + " whole");
    }

    @Test
    void aCutPathNeverHelps() {
        Random random = new Random(11);
        int worse = 0;
        for (int seed = 0; seed < 30; seed++) {
            Scene s = Scene.of(48, 0.55 + 0.01 * seed);
            Scene cut = s;
            List<RegionId> regions =
                    List.copyOf(new TreeSet<>(s.lattice().regions().keySet()));
            for (SiteId site : new TreeSet<>(s.lattice().sites().keySet())) {
                if (random.nextInt(3) == 0) {
                    RegionId region = regions.get(random.nextInt(regions.size()));
                    cut = cut.with(Scene.path(s.lattice(), region, site, 20, 0, true));
                }
            }
            Forecast open = drained(s, List.of());
            Forecast shut = drained(cut, List.of());
            for (ModelId model : open.models) {
                double without = total(Contingencies.after(open, model));
                double with = total(Contingencies.after(shut, model));
                assertTrue(with >= without - 1e-6, model + " seed " + seed + ": " + with + " < " + without);
                worse += with > without + 0.1 ? 1 : 0;
            }
        }
        assertTrue(worse > 0, "no cut mattered in any draw");
    }

    private static double total(List<Contingencies.Loss> losses) {
        return losses.stream().mapToDouble(Contingencies.Loss::unserved).sum();
    }

    @Test
    void whatIsAsItWasAddsNothing() {
        for (int seed = 0; seed < 30; seed++) {
            Scene s = Scene.of(48, 0.6 + 0.01 * seed);
            Forecast f = drained(s, List.of());
            for (Violation v : Findings.violations(f)) {
                assertTrue(v.presentBefore(), v.description());
            }
        }
    }

    @Test
    void aDrainThatUsesUpTheLastReserveAddsTheViolationAndNamesTheLoss() {
        boolean added = false;
        for (int seed = 0; seed < 20 && !added; seed++) {
            Scene s = Scene.of(48, 0.8);
            for (Violation v : Findings.violations(drained(s, s.some(3, seed)))) {
                if (v.kind() == ViolationKind.N_MINUS_1 && !v.presentBefore()) {
                    added = true;
                    assertTrue(v.description().startsWith("without "), v.description());
                    assertTrue(v.subject().startsWith("models/"), v.subject());
                }
            }
        }
        assertTrue(added);
        Scene calm = Scene.of(48, 0.2);
        assertFalse(Findings.violations(drained(calm, calm.some(1, 1))).stream()
                .anyMatch(v -> v.kind() == ViolationKind.N_MINUS_1));
    }

    @Test
    void twoThousandNodesTakeMilliseconds() {
        Scene s = Scene.of(2_000, 0.7);
        Scene cut = s;
        for (RegionId region : s.lattice().regions().keySet()) {
            cut = cut.with(Scene.path(
                    s.lattice(), region, Collections.max(s.lattice().sites().keySet()), 20, 0, true));
        }
        for (Scene scene : List.of(s, cut)) {
            Forecast f = drained(scene, scene.some(1, 1));
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                for (ModelId model : f.models) {
                    Contingencies.before(f, model);
                    Contingencies.after(f, model);
                }
                best = Math.min(best, (System.nanoTime() - start) / 1e6);
            }
            LOG.log(System.Logger.Level.INFO, "N-1 of 2,000 nodes, before and after: {0} ms", best);
            assertTrue(best < 50, best + " ms");
        }
    }
}
