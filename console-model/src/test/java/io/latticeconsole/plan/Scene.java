package io.latticeconsole.plan;

import io.latticeconsole.drill.world.Aurora;
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
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/// Aurora as a planner sees it, every site loaded to the same share of its ready capacity.
record Scene(LatticeState lattice, LoadView load) {
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

    Scene with(LatticeObject o) {
        return new Scene(with(lattice, o), load);
    }

    /// The same with latencies at a share of what each model promises; NaN: none observed.
    Scene observing(double share) {
        Map<RouteId, Map<SiteId, FlowSample>> flows = new HashMap<>();
        load.flows()
                .forEach((route, sites) -> sites.forEach((site, f) -> {
                    Model m = Objects.requireNonNull(lattice.models().get(route.model()));
                    flows.computeIfAbsent(route, _ -> new TreeMap<>())
                            .put(
                                    site,
                                    new FlowSample(
                                            route,
                                            site,
                                            f.requests(),
                                            new Millis(share
                                                    * m.objective().p95Limit().value()),
                                            f.errorRatio()));
                }));
        return new Scene(lattice, new LoadView(flows, load.nodes()));
    }

    List<NodeId> some(int count, long seed) {
        List<NodeId> nodes = new ArrayList<>(lattice.nodes().keySet());
        Collections.sort(nodes);
        Collections.shuffle(nodes, new Random(seed));
        return nodes.subList(0, count);
    }

    /// The path from a region's ingress to a site.
    static NetworkPath path(LatticeState lattice, RegionId region, SiteId site, double rtt, double loss, boolean cut) {
        SiteId ingress = lattice.sites().keySet().stream()
                .filter(id -> id.region().equals(region))
                .min(SiteId::compareTo)
                .orElseThrow();
        return new NetworkPath(
                new PathId(ingress.name() + "/paths/" + site.code()), site, new Millis(rtt), loss, cut, "1");
    }

    Plan drain(List<? extends ResourceName> targets) {
        var spec = new OperationSpec.Drain(List.copyOf(targets), null, DeadlinePolicy.EXTEND);
        return Planner.plan(lattice, load, spec, List.of());
    }
}
