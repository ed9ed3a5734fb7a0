package io.latticeconsole.lattice;

import java.util.List;
import java.util.Set;

/// What an endpoint says of itself and of its lattice. `requestWeight` is how many requests one simulated
/// request stands for, 1 on real lattices.
public record EndpointInfo(
        String lattice,
        String displayName,
        String contractVersion,
        Mode mode,
        String epoch,
        GatewayId gateway,
        List<RegionId> owns,
        List<Peer> peers,
        GatewayId coordinator,
        ClockReading clock,
        Set<String> capabilities,
        double requestWeight,
        long seed) {
    /// The version of the contract that this build speaks: a new minor for additions, see `proto/EVOLUTION.md`.
    public static final String CONTRACT = "1.7";

    /// The capability of an endpoint that others than this machine reach without TLS: nobody is who they say
    /// for sure.
    public static final String PLAINTEXT = "plaintext";

    public EndpointInfo {
        owns = List.copyOf(owns);
        peers = List.copyOf(peers);
        capabilities = Set.copyOf(capabilities);
    }
}
