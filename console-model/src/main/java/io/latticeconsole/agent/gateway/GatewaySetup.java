package io.latticeconsole.agent.gateway;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.latticeconsole.agent.config.ConfiguredWorld;
import io.latticeconsole.agent.config.DiscoverySection;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.security.Protection;
import io.latticeconsole.world.WorldSpec;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a gateway of real machines needs to know: the lattice by configuration, in which its own region comes first and
/// its nodes' addresses are those of their agents; where its peers serve; where and how protected it serves
/// `lattice.v1` and inference; under which term it claims its sites. `state` is the folder where its events outlast a
/// restart; by `discovery` more nodes come and go.
public record GatewaySetup(
        WorldSpec world,
        Map<GatewayId, String> peers,
        long ownershipTerm,
        InetSocketAddress listen,
        InetSocketAddress inference,
        Protection protection,
        @Nullable Path state,
        @Nullable DiscoverySettings discovery) {
    public GatewaySetup {
        peers = Map.copyOf(peers);
    }

    /// As a gateway's file says. @param folder the file's
    public static GatewaySetup of(GatewayFile file, Protection protection, Path folder) {
        Map<GatewayId, String> peers = new HashMap<>();
        file.others()
                .forEach(p -> peers.put(new GatewayId("gateways/" + p.region().code()), p.address()));
        String state = file.state();
        DiscoverySection discovery = file.discovery();
        return new GatewaySetup(
                ConfiguredWorld.of(file),
                peers,
                file.term(),
                file.listenAddress(),
                file.inferenceAddress(),
                protection,
                state == null ? null : folder.resolve(state),
                discovery == null ? null : discovery.settings(file.latticeCode(), folder));
    }

    /// How it shows itself to its agents.
    ChannelCredentials credentials() {
        return switch (protection) {
            case Protection.Plaintext _ -> InsecureChannelCredentials.create();
            case Protection.MutualTls(var material) -> material.channelCredentials();
        };
    }
}
