package io.latticeconsole.lattice;

/// A client region: where requests come from, with the gateway that routes them and owns its sites.
public record Region(RegionId id, String displayName, GeoPoint ingress, GatewayId gateway, String etag)
        implements LatticeObject {}
