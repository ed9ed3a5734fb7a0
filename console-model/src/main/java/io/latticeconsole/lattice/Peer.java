package io.latticeconsole.lattice;

/// Where a gateway of the lattice can be reached, as `host:port`.
public record Peer(GatewayId gateway, String address, RegionId region) {}
