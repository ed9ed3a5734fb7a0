package io.latticeconsole.lattice;

/// A resource name of the contract such as `regions/eu/sites/par-1/nodes/n2`.
public sealed interface ResourceName permits RegionId, SiteId, NodeId, ReplicaId, ModelId, RouteId, PathId, GatewayId {
    String name();

    /// The typed name of any lattice object or gateway.
    ///
    /// @throws IllegalArgumentException if the name has no form of the contract
    static ResourceName parse(String name) {
        String[] parts = name.split("/", -1);
        String kind = parts.length < 2 ? "" : parts[parts.length - 2];
        return switch (kind) {
            case "regions" -> new RegionId(name);
            case "sites" -> new SiteId(name);
            case "nodes" -> new NodeId(name);
            case "replicas" -> new ReplicaId(name);
            case "models" -> new ModelId(name);
            case "routes" -> new RouteId(name);
            case "paths" -> new PathId(name);
            case "gateways" -> new GatewayId(name);
            default ->
                throw new IllegalArgumentException("resource name '" + name + "' names no region, site, node,"
                        + " replica, model, route, path or gateway");
        };
    }
}
