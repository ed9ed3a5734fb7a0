package io.latticeconsole.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.drill.world.ModelSpec;
import io.latticeconsole.drill.world.NodeSpec;
import io.latticeconsole.drill.world.RegionSpec;
import io.latticeconsole.drill.world.WorldSpec;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeReducer;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final System.Logger LOG = System.getLogger(PlannerTest.class.getName());

    /// Aurora as a planner sees it, every site loaded to the same share of its ready capacity.
    private record Scene(LatticeState lattice, LoadView load) {
        static Scene of(int nodes, double loaded) {
            WorldSpec world = Aurora.generate(nodes, 7);
            LatticeState state = LatticeState.EMPTY;
            for (ModelSpec m : world.models()) {
                state = with(state, model(m));
            }
            for (RegionSpec r : world.regions()) {
                state = with(state, new Region(r.id(), r.displayName(), r.ingress(), r.gateway(), "1"));
            }
            Map<RouteId, Map<SiteId, FlowSample>> flows = new HashMap<>();
            int index = 0;
            for (NodeSpec n : world.nodes()) {
                SiteId site = n.id().site();
                if (!state.sites().containsKey(site)) {
                    state = with(state, site(world, n, site));
                }
                state = with(state, node(n, index++));
                for (NodeSpec.Placed p : n.replicas()) {
                    Replica r = replica(world, n, p);
                    state = with(state, r);
                    var route = new RouteId(
                            site.region().name() + "/routes/" + r.model().code());
                    flows.computeIfAbsent(route, _ -> new TreeMap<>())
                            .merge(
                                    site,
                                    flow(route, site, loaded * r.capacity().value()),
                                    (a, b) -> flow(
                                            route,
                                            site,
                                            a.requests().value() + b.requests().value()));
                }
            }
            return new Scene(state, new LoadView(flows, Map.of()));
        }

        private static FlowSample flow(RouteId route, SiteId site, double rate) {
            return new FlowSample(route, site, new PerSecond(rate), new Millis(80), new Ratio(0));
        }

        private static LatticeState with(LatticeState s, LatticeObject o) {
            return LatticeReducer.apply(s, new LatticeEvent.ObjectChanged(o));
        }

        private static Model model(ModelSpec m) {
            return new Model(
                    m.id(),
                    m.displayName(),
                    "v1",
                    List.of("v1", "v2"),
                    m.objective(),
                    m.sizeBytes(),
                    0.8,
                    m.tiers(),
                    m.loadSeconds(),
                    "1");
        }

        private static Site site(WorldSpec world, NodeSpec n, SiteId id) {
            var s = world.sites().get(n.site());
            return new Site(id, id.code(), "", s.tier(), s.position(), new Watts(1e9), new Celsius(20), 1, "1");
        }

        private static Node node(NodeSpec n, int index) {
            var type = n.nodeClass().type();
            List<Accelerator> accelerators = new ArrayList<>();
            for (int i = 0; i < n.nodeClass().count(); i++) {
                accelerators.add(new Accelerator(i, type.product(), type.memoryBytes(), type.tdp(), true, 0, ""));
            }
            return new Node(
                    n.id(),
                    index,
                    n.nodeClass().displayName(),
                    accelerators,
                    AdminState.SERVING,
                    Health.UP,
                    "",
                    Instant.EPOCH,
                    "",
                    Bands.NONE,
                    new HardLimits(new Celsius(85), new Watts(1e4), new Millis(1_000)),
                    null,
                    ObjectiveMetric.TTFT,
                    false,
                    "1");
        }

        private static Replica replica(WorldSpec world, NodeSpec n, NodeSpec.Placed p) {
            ModelSpec m = world.models().get(p.model());
            return new Replica(
                    new ReplicaId(n.id().name() + "/replicas/" + p.code()),
                    m.id(),
                    "v1",
                    ReplicaState.READY,
                    p.count(),
                    m.maxBatch(),
                    new PerSecond(m.capacityOn(n.nodeClass().type())),
                    "",
                    "1");
        }

        Plan drain(List<? extends ResourceName> targets) {
            var spec = new OperationSpec.Drain(List.copyOf(targets), null, DeadlinePolicy.EXTEND);
            return Planner.plan(lattice, load, spec, List.of());
        }
    }

    private static double unserved(Plan plan) {
        return plan.effects().stream()
                .mapToDouble((SiteEffect e) -> e.before().value() - e.after().value())
                .sum();
    }

    private static List<NodeId> some(Scene s, int count, long seed) {
        List<NodeId> nodes = new ArrayList<>(s.lattice().nodes().keySet());
        Collections.sort(nodes);
        Collections.shuffle(nodes, new Random(seed));
        return nodes.subList(0, count);
    }

    @Test
    void whatLeavesArrivesOrIsNamedAsUnserved() {
        for (long seed = 0; seed < 40; seed++) {
            Scene s = Scene.of(96, 0.3 + 0.015 * seed);
            Plan plan = s.drain(some(s, 1 + (int) seed % 20, seed));
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
            double now = unserved(s.drain(some(s, n, 3)));
            assertTrue(now >= before - 0.5, n + " nodes leave " + now + "/s unserved, fewer left " + before);
            before = now;
        }
        assertTrue(before > 1, "most of a loaded lattice cannot be spared");
    }

    @Test
    void plentyOfCapacityBreaksNothing() {
        Scene s = Scene.of(96, 0.15);
        for (NodeId node : some(s, 30, 5)) {
            Plan plan = s.drain(List.of(node));
            assertFalse(plan.addsViolation(), node + ": " + plan.violations());
        }
    }

    @Test
    void budgetIsNamedWhereTooLittleStays() {
        Scene s = Scene.of(24, 0.9);
        Plan plan = s.drain(some(s, 20, 1));
        assertTrue(plan.violations().stream().anyMatch(v -> v.kind() == ViolationKind.BUDGET && !v.presentBefore()));
    }

    @Test
    void hashCoversSpecificationAndPremisesOnly() {
        Scene s = Scene.of(24, 0.3);
        Scene busier = Scene.of(24, 0.4);
        List<NodeId> nodes = some(s, 2, 1);
        assertEquals(s.drain(nodes).hash(), busier.drain(nodes).hash());
        assertNotEquals(s.drain(nodes).hash(), s.drain(nodes.subList(0, 1)).hash());
    }

    @Test
    void plansTenThousandNodes() {
        Scene s = Scene.of(10_000, 0.5);
        List<NodeId> nodes = some(s, 12, 1);
        double best = Double.POSITIVE_INFINITY;
        for (NodeId node : nodes) {
            long start = System.nanoTime();
            Plan plan = s.drain(List.of(node));
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
            assertFalse(plan.effects().isEmpty());
        }
        LOG.log(System.Logger.Level.INFO, "a drain among 10,000 nodes is planned in {0} ms", best);
    }
}
