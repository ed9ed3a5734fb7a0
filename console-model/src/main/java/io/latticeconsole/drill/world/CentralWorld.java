package io.latticeconsole.drill.world;

import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.SiteSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.List;

/// The counterpart of a lattice: the same machines with the same replicas, all in one site, and the same clients, whose
/// requests still enter at their regions' ingresses and travel from there.
public final class CentralWorld {
    /// Ashburn, Virginia, where most of such sites stand.
    private static final GeoPoint ASHBURN = new GeoPoint(39.04, -77.49);

    private static final double INLET_CELSIUS = 22;

    private CentralWorld() {}

    /// The central counterpart of that lattice; its site is the last of [WorldSpec#sites].
    public static WorldSpec of(WorldSpec world) {
        List<RegionSpec> regions = new ArrayList<>();
        List<SiteSpec> sites = new ArrayList<>();
        for (RegionSpec r : world.regions()) {
            sites.add(world.sites().get(r.ingressSite()));
            regions.add(new RegionSpec(
                    r.id(),
                    r.displayName(),
                    r.gateway(),
                    r.ingress(),
                    sites.size() - 1,
                    r.share(),
                    r.utcOffsetHours()));
        }
        int region = world.coordinatorRegion();
        SiteId id = new SiteId(world.regions().get(region).id().name() + "/sites/hub-1");
        double cap = world.sites().stream().mapToDouble(SiteSpec::powerCapWatts).sum();
        sites.add(new SiteSpec(id, region, "HUB-1", "Central site", Tier.REGIONAL, ASHBURN, cap, INLET_CELSIUS));
        List<NodeSpec> nodes = new ArrayList<>();
        for (NodeSpec n : world.nodes()) {
            NodeId node = new NodeId(id.name() + "/nodes/n" + (nodes.size() + 1));
            nodes.add(
                    new NodeSpec(node, sites.size() - 1, n.nodeClass(), n.address(), n.thermalFactor(), n.replicas()));
        }
        return new WorldSpec(
                "central",
                "Central site",
                world.seed(),
                regions,
                sites,
                nodes,
                world.models(),
                region,
                world.requestsPerSecond());
    }
}
