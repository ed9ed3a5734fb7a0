package io.latticeconsole.agent.config;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.world.AcceleratorRoom;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeClass;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.ServiceTimes;
import io.latticeconsole.world.SiteSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The lattice that a gateway's file describes.
public final class ConfiguredWorld {
    private static final double GIB = 1L << 30;
    private static final double MB = 1e6;

    /// Two bytes a parameter.
    private static final double BILLIONS_PER_BYTE = 0.5e-9;

    private static final double USUAL_INLET = 22;
    private static final double NO_CAP = Double.NaN;
    private static final int USUAL_IN_FLIGHT = 8;

    private final GatewayFile file;

    private ConfiguredWorld(GatewayFile file) {
        this.file = file;
    }

    /// @throws BadField where a node has no room for a replica that it is to start with
    public static WorldSpec of(GatewayFile file) {
        return new ConfiguredWorld(file).world();
    }

    private WorldSpec world() {
        GatewayFile.Place r = file.region();
        RegionId region = new RegionId("regions/" + r.code());
        List<ModelSpec> models =
                file.models().stream().map(ConfiguredWorld::model).toList();
        List<SiteSpec> sites = new ArrayList<>();
        List<NodeSpec> nodes = new ArrayList<>();
        for (int s = 0; s < file.sites().size(); s++) {
            GatewayFile.Site site = file.sites().get(s);
            SiteId id = new SiteId(region.name() + "/sites/" + site.code());
            sites.add(new SiteSpec(
                    id,
                    0,
                    site.code().toUpperCase(java.util.Locale.ROOT),
                    site.name(),
                    site.tier(),
                    new GeoPoint(site.latitude(), site.longitude()),
                    or(site.powerCapWatts(), NO_CAP),
                    or(site.inletCelsius(), USUAL_INLET)));
            for (int n = 0; n < site.machines().size(); n++) {
                nodes.add(node(id, s, site.machines().get(n), models, "sites[" + s + "].nodes[" + n + "]"));
            }
        }
        List<RegionSpec> regions = new ArrayList<>(List.of(region(r, 0)));
        file.others().forEach(peer -> {
            regions.add(region(peer.region(), sites.size()));
            peer.sites().forEach(site -> sites.add(site(regions.getLast(), regions.size() - 1, site)));
        });
        List<String> codes = regions.stream().map(g -> g.gateway().code()).toList();
        return new WorldSpec(
                file.lattice().code(),
                file.lattice().name(),
                0,
                regions,
                sites,
                nodes,
                models,
                codes.indexOf(file.coordinatorRegion()),
                0);
    }

    private static RegionSpec region(GatewayFile.Place r, int ingressSite) {
        return new RegionSpec(
                new RegionId("regions/" + r.code()),
                r.name(),
                new GatewayId("gateways/" + r.code()),
                new GeoPoint(r.latitude(), r.longitude()),
                ingressSite,
                1,
                0);
    }

    private static SiteSpec site(RegionSpec region, int index, GatewayFile.PeerSite site) {
        return new SiteSpec(
                new SiteId(region.id().name() + "/sites/" + site.code()),
                index,
                site.code().toUpperCase(java.util.Locale.ROOT),
                site.name(),
                site.tier(),
                new GeoPoint(site.latitude(), site.longitude()),
                NO_CAP,
                USUAL_INLET);
    }

    private NodeSpec node(SiteId site, int index, GatewayFile.Machine m, List<ModelSpec> models, String field) {
        NodeClass type = nodeClass(m);
        AcceleratorRoom room = new AcceleratorRoom(type);
        List<NodeSpec.Placed> placed = new ArrayList<>();
        Map<Integer, Integer> numbers = new HashMap<>();
        for (String replica : m.starting()) {
            int model =
                    file.models().stream().map(GatewayFile.Model::code).toList().indexOf(replica);
            ModelSpec spec = models.get(model);
            int count = spec.acceleratorsOn(type.type());
            int first = count > type.count() ? -1 : room.take(spec.billions(), spec.sizeBytes(), count);
            if (first < 0 && type.isTold()) {
                throw new BadField(field + ".replicas", replica, "what fits into the memory of " + type.displayName());
            }
            placed.add(new NodeSpec.Placed(
                    replica + "-" + numbers.merge(model, 1, Integer::sum), model, Math.max(0, first), count));
        }
        return new NodeSpec(new NodeId(site.name() + "/nodes/" + m.code()), index, type, m.address(), 1, placed);
    }

    /// What the file says of a machine; what it does not say the machine itself tells.
    private static NodeClass nodeClass(GatewayFile.Machine m) {
        GatewayFile.Accelerators a = m.accelerators();
        Double memory = m.memoryGib();
        if (a != null) {
            return new NodeClass(
                    AcceleratorType.measured(a.product(), a.memoryGib() * GIB, a.powerLimitWatts()), a.count());
        }
        return memory == null
                ? NodeClass.UNTOLD
                : new NodeClass(AcceleratorType.measured(Accelerator.PROCESSORS, memory * GIB, Double.NaN), 1);
    }

    private static ModelSpec model(GatewayFile.Model m) {
        double bytes = m.sizeMb() * MB;
        Set<Tier> tiers = m.tiers() == null ? EnumSet.allOf(Tier.class) : m.tiers();
        return new ModelSpec(
                new ModelId("models/" + m.code()),
                m.name() == null ? m.code() : m.name(),
                m.version(),
                m.deployable(),
                new Objective(m.objective().metric(), new Millis(m.objective().p95Ms())),
                bytes * BILLIONS_PER_BYTE,
                bytes,
                or(m.loadSeconds(), 5),
                tiers,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                m.mostInFlight() == null ? USUAL_IN_FLIGHT : m.mostInFlight(),
                new ServiceTimes(m.serviceMs(), 0, 0, 0));
    }

    private static double or(@org.jspecify.annotations.Nullable Double value, double instead) {
        return value == null ? instead : value;
    }
}
