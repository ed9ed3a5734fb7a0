package io.latticeconsole.lattice;

/// A resource name of the contract such as `regions/eu/sites/par-1/nodes/n2`.
public sealed interface ResourceName permits RegionId, SiteId, NodeId, ReplicaId, ModelId, RouteId, PathId, GatewayId {
    String name();
}
