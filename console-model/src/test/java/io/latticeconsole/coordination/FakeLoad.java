package io.latticeconsole.coordination;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.ReplicaReading;
import io.latticeconsole.plan.LoadView;
import io.latticeconsole.plan.NodeLoad;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What ingresses and nodes of a [FakeLattice] tell of their load: every region's offered rate is served at its sites.
final class FakeLoad {
    private final FakeLattice lattice;
    private final Map<ModelId, Double> offered;
    private final Map<SiteId, Double> slow;

    FakeLoad(FakeLattice lattice, Map<ModelId, Double> offered, Map<SiteId, Double> slow) {
        this.lattice = lattice;
        this.offered = offered;
        this.slow = slow;
    }

    /// What is told now; nodes do not report replicas of the version that is mute.
    LoadView look(String muteVersion) {
        Map<RouteId, Map<SiteId, FlowSample>> flows = new TreeMap<>();
        List<SiteId> sites =
                lattice.nodes.keySet().stream().map(NodeId::site).distinct().toList();
        for (SiteId site : sites) {
            offered.forEach((model, rate) -> {
                var route = new RouteId(site.region().name() + "/routes/" + model.code());
                weighted(flows, route, rate / sites.size());
                var sample = new FlowSample(
                        route,
                        site,
                        new PerSecond(rate / sites.size()),
                        new Millis(slow.getOrDefault(site, 300.0)),
                        new Ratio(0));
                flows.computeIfAbsent(route, _ -> new TreeMap<>()).put(site, sample);
            });
        }
        Map<NodeId, NodeLoad> loads = new TreeMap<>();
        lattice.nodes.forEach((id, n) -> loads.put(
                id,
                new NodeLoad(
                        new Ratio(0.5),
                        new Watts(200),
                        new Millis(300),
                        new PerSecond(1),
                        new PerSecond(100),
                        0,
                        n.running.size(),
                        new Ratio(0.4),
                        readings(n, muteVersion))));
        return new LoadView(flows, loads);
    }

    /// Of a WEIGHTED route all sites with a weight see a little, so that its objective can be judged there.
    private void weighted(Map<RouteId, Map<SiteId, FlowSample>> flows, RouteId id, double rate) {
        Route route = lattice.told.routes().get(id);
        if (route != null) {
            route.weights()
                    .forEach(w -> flows.computeIfAbsent(id, _ -> new TreeMap<>())
                            .putIfAbsent(
                                    w.site(),
                                    new FlowSample(
                                            id,
                                            w.site(),
                                            new PerSecond(0.01 * rate),
                                            new Millis(slow.getOrDefault(w.site(), 300.0)),
                                            new Ratio(0))));
        }
    }

    private Map<String, ReplicaReading> readings(FakeNode n, String muteVersion) {
        Map<String, ReplicaReading> readings = new TreeMap<>();
        n.replicas.forEach((id, r) -> {
            if (n.alive && !r.version.equals(muteVersion)) {
                readings.put(id.code(), new ReplicaReading(r.requests, r.failed, r.requests > 0 ? 300 : Double.NaN));
            }
        });
        return readings;
    }
}
