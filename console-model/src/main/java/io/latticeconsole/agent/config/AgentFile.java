package io.latticeconsole.agent.config;

import org.jspecify.annotations.Nullable;

/// What an agent's file makes of its process.
public sealed interface AgentFile permits NodeFile, GatewayFile {
    /// By which certificate it speaks; null where it speaks plaintext.
    @Nullable
    TlsSection tls();

    /// Whether it may speak plaintext beyond loopback; null where nothing is said, which is no.
    @Nullable
    Boolean plaintext();
}
