package io.latticeconsole.agent.gateway;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.latticeconsole.security.Protection;
import io.latticeconsole.world.WorldSpec;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a gateway of real machines needs to know: the lattice by configuration, where its nodes' addresses are those of
/// their agents, and where and how protected it serves `lattice.v1` and inference;
/// `state` is the folder where its events outlast a restart.
public record GatewaySetup(
        WorldSpec world,
        InetSocketAddress listen,
        InetSocketAddress inference,
        Protection protection,
        @Nullable Path state) {
    /// How it shows itself to its agents.
    ChannelCredentials credentials() {
        return switch (protection) {
            case Protection.Plaintext _ -> InsecureChannelCredentials.create();
            case Protection.MutualTls(var material) -> material.channelCredentials();
        };
    }
}
