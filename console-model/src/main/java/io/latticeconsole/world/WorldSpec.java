package io.latticeconsole.world;

import java.util.List;

/// A whole drill lattice before it starts: immutable, and the same for the same seed and size. Regions, sites,
/// nodes and models are known by their index in these lists.
public record WorldSpec(
        String code,
        String displayName,
        long seed,
        List<RegionSpec> regions,
        List<SiteSpec> sites,
        List<NodeSpec> nodes,
        List<ModelSpec> models,
        int coordinatorRegion,
        double requestsPerSecond) {
    public WorldSpec {
        regions = List.copyOf(regions);
        sites = List.copyOf(sites);
        nodes = List.copyOf(nodes);
        models = List.copyOf(models);
    }

    /// Region of a node, by index.
    public int regionOf(int node) {
        return sites.get(nodes.get(node).site()).region();
    }

    /// The same lattice where other versions of its models serve.
    public WorldSpec withModels(List<ModelSpec> others) {
        return new WorldSpec(
                code, displayName, seed, regions, sites, nodes, others, coordinatorRegion, requestsPerSecond);
    }

    /// The same lattice with another load.
    public WorldSpec atRate(double requestsPerSecond) {
        return new WorldSpec(
                code, displayName, seed, regions, sites, nodes, models, coordinatorRegion, requestsPerSecond);
    }
}
