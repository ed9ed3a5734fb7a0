package io.latticeconsole.agent.discovery;

import io.latticeconsole.security.TlsFiles;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which etcd, and where in it a lattice's nodes are.
///
/// @param prefix of all keys, ends with a slash
/// @param ttl after which a registration that is not renewed is gone
/// @param tls how this process shows itself to etcd; null where it does not
public record DiscoverySettings(
        List<URI> endpoints,
        String prefix,
        Duration ttl,
        @Nullable TlsFiles tls) {
    public DiscoverySettings {
        endpoints = List.copyOf(endpoints);
    }
}
