package io.latticeconsole.drill.world;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeClass;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.RandomStream;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.SiteSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Generates the lattice "Aurora" in sizes from 12 to 10,000 nodes: five client regions with real cities, a
/// site per city (several in large lattices), machines by tier, and replicas with room for the loss of any one
/// of them.
public final class Aurora {
    public static final int DEFAULT_NODES = 96;
    public static final int MIN_NODES = 12;
    public static final int MAX_NODES = 10_000;

    /// Requests per second and node at the default load.
    private static final double RATE_PER_NODE = 4_000.0 / DEFAULT_NODES;

    /// Ready capacity over offered load that the loss of any one site leaves.
    private static final double SPARE = 1.25;

    private static final NodeClass[] REGIONAL = {
        new NodeClass(AcceleratorType.H100, 8),
        new NodeClass(AcceleratorType.A100, 8),
        new NodeClass(AcceleratorType.A100, 4),
        new NodeClass(AcceleratorType.B200, 4),
        new NodeClass(AcceleratorType.A100, 8),
        new NodeClass(AcceleratorType.H100, 4),
        new NodeClass(AcceleratorType.A100, 8),
        new NodeClass(AcceleratorType.L40S, 4)
    };
    private static final NodeClass[] METRO = {
        new NodeClass(AcceleratorType.L40S, 4),
        new NodeClass(AcceleratorType.A100, 4),
        new NodeClass(AcceleratorType.A10, 4),
        new NodeClass(AcceleratorType.L40S, 4)
    };
    private static final NodeClass[] EDGE = {
        new NodeClass(AcceleratorType.L4, 2),
        new NodeClass(AcceleratorType.L40S, 1),
        new NodeClass(AcceleratorType.L4, 1),
        new NodeClass(AcceleratorType.L4, 4)
    };

    private final long seed;
    private final List<RegionSpec> regions = new ArrayList<>();
    private final List<SiteSpec> sites = new ArrayList<>();
    private final List<NodeSpec> nodes = new ArrayList<>();

    private Aurora(long seed) {
        this.seed = seed;
    }

    /// The lattice with that many nodes at its default load.
    ///
    /// @throws IllegalArgumentException outside 12 to 10,000 nodes
    public static WorldSpec generate(int nodeCount, long seed) {
        if (nodeCount < MIN_NODES || nodeCount > MAX_NODES) {
            throw new IllegalArgumentException("a lattice of " + nodeCount + " nodes was asked for; " + MIN_NODES
                    + " to " + MAX_NODES + " are possible");
        }
        return new Aurora(seed).build(nodeCount);
    }

    private WorldSpec build(int nodeCount) {
        int[] perRegion = split(
                nodeCount,
                City.REGIONS.stream()
                        .mapToInt(
                                g -> g.cities().stream().mapToInt(City::weight).sum())
                        .toArray());
        for (int r = 0; r < perRegion.length; r++) {
            addRegion(r, City.REGIONS.get(r), perRegion[r]);
        }
        double rate = nodeCount * RATE_PER_NODE;
        List<NodeSpec> placed = new Placement(sites, nodes, regions, AuroraModels.ALL, rate).place();
        return new WorldSpec(
                "aurora",
                "Aurora",
                seed,
                regions,
                cappedSites(placed),
                placed,
                AuroraModels.ALL,
                1,
                Math.min(rate, bearableRate(placed)));
    }

    /// The rate at which every model still has `SPARE` times what it needs after the loss of its largest site:
    /// a lattice of few machines cannot spread each model far enough to carry the usual rate per node.
    private double bearableRate(List<NodeSpec> placed) {
        double bearable = Double.POSITIVE_INFINITY;
        for (int m = 0; m < AuroraModels.ALL.size(); m++) {
            ModelSpec model = AuroraModels.ALL.get(m);
            double[] atSite = new double[sites.size()];
            for (NodeSpec node : placed) {
                for (NodeSpec.Placed p : node.replicas()) {
                    atSite[node.site()] +=
                            p.model() == m ? model.capacityOn(node.nodeClass().type()) : 0;
                }
            }
            double total = Arrays.stream(atSite).sum();
            double largest = Arrays.stream(atSite).max().orElse(0);
            bearable = Math.min(bearable, (total - largest) / (SPARE * model.mix()));
        }
        return bearable;
    }

    private void addRegion(int index, City.Group group, int nodeCount) {
        int firstSite = sites.size();
        int copies = Math.max(1, (int) Math.round(Math.sqrt(nodeCount / 20.0)));
        List<City> cities = new ArrayList<>(group.cities());
        while (cities.size() > 1 && nodeCount < 2.5 * cities.size()) {
            cities.removeLast();
        }
        int[] weights = new int[cities.size() * copies];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = cities.get(i / copies).weight();
        }
        int[] counts = split(nodeCount, weights);
        for (int i = 0; i < weights.length; i++) {
            addSite(index, group.id(), cities.get(i / copies), i % copies + 1, counts[i]);
        }
        RegionId id = new RegionId("regions/" + group.id());
        regions.add(new RegionSpec(
                id,
                group.name(),
                new GatewayId("gateways/" + group.id()),
                sites.get(firstSite).position(),
                firstSite,
                group.share(),
                group.utcOffsetHours()));
    }

    private void addSite(int region, String regionCode, City city, int copy, int nodeCount) {
        RandomStream random = new RandomStream(seed, "site", sites.size());
        String code = city.code() + "-" + copy;
        SiteId id = new SiteId("regions/" + regionCode + "/sites/" + code.toLowerCase(Locale.ROOT));
        double spread = copy == 1 ? 0 : 0.6;
        GeoPoint position = new GeoPoint(
                city.latitude() + spread * random.nextNormal(), city.longitude() + spread * random.nextNormal());
        double inlet = Math.round(
                        10 * (city.tier() == Tier.EDGE ? 25 + 3 * random.nextDouble() : 21 + 3 * random.nextDouble()))
                / 10.0;
        sites.add(new SiteSpec(id, region, code, city.name(), city.tier(), position, 0, inlet));
        for (int n = 1; n <= nodeCount; n++) {
            NodeClass nodeClass = classFor(city.tier(), n - 1 + (copy - 1) * 3);
            String address = "10." + (region + 1) + "." + (sites.size() % 250) + "." + n + ":7443";
            double thermal = 0.95 + 0.1 * random.nextDouble();
            nodes.add(new NodeSpec(
                    new NodeId(id.name() + "/nodes/n" + n), sites.size() - 1, nodeClass, address, thermal, List.of()));
        }
    }

    private static NodeClass classFor(Tier tier, int n) {
        NodeClass[] classes = switch (tier) {
            case REGIONAL -> REGIONAL;
            case METRO -> METRO;
            case EDGE -> EDGE;
        };
        return classes[n % classes.length];
    }

    /// A cap a little under what all machines of the site could draw together.
    private List<SiteSpec> cappedSites(List<NodeSpec> placed) {
        double[] watts = new double[sites.size()];
        placed.forEach(n -> watts[n.site()] += n.nodeClass().maxWatts());
        List<SiteSpec> result = new ArrayList<>();
        for (int i = 0; i < sites.size(); i++) {
            SiteSpec s = sites.get(i);
            double cap = Math.ceil(watts[i] * 0.9 / 500) * 500;
            result.add(new SiteSpec(
                    s.id(), s.region(), s.code(), s.displayName(), s.tier(), s.position(), cap, s.inletCelsius()));
        }
        return result;
    }

    /// Splits a number by weights, largest remainders first.
    static int[] split(int total, int[] weights) {
        long sum = 0;
        for (int w : weights) {
            sum += w;
        }
        int[] parts = new int[weights.length];
        int given = 0;
        for (int i = 0; i < weights.length; i++) {
            parts[i] = (int) (total * (long) weights[i] / sum);
            given += parts[i];
        }
        while (given < total) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < weights.length; i++) {
                double missing = (double) total * weights[i] / sum - parts[i];
                if (missing > most + 1e-9) {
                    most = missing;
                    best = i;
                }
            }
            parts[best]++;
            given++;
        }
        return parts;
    }
}
