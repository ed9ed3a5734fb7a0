package io.latticeconsole.agent.config;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an agent's file makes of its process.
public sealed interface AgentFile permits NodeFile, GatewayFile {
    /// By which certificate it speaks; null where it speaks plaintext.
    @Nullable
    TlsSection tls();

    /// Whether it may speak plaintext beyond loopback; null where nothing is said, which is no.
    @Nullable
    Boolean plaintext();

    /// Where Prometheus may scrape, `host:port`; null where it may not.
    @Nullable
    String metrics();

    /// How nodes and gateways find each other; null where files say it all.
    @Nullable
    DiscoverySection discovery();

    /// The code of its lattice.
    String latticeCode();

    /// The address of [#metrics].
    default Optional<InetSocketAddress> metricsAddress() {
        String said = metrics();
        return said == null ? Optional.empty() : Optional.of(Check.address("metrics", said));
    }
}
