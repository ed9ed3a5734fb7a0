package io.latticeconsole.agent.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in etcd the nodes of a lattice are. `prefix` is that of all keys, usually `/lattices/` and the lattice's code.
/// For agents only: `ttl-seconds` until a registration that is not renewed is gone, usually 10; `address` is where
/// gateways reach the agent, usually where it listens; `replicas` names the models that it starts with.
public record DiscoverySection(
        @JsonProperty(required = true) List<String> endpoints,
        @Nullable String prefix,
        @Nullable Integer ttlSeconds,
        @Nullable String address,
        @Nullable List<String> replicas,
        @Nullable TlsSection tls) {
    private static final int USUAL_TTL = 10;

    public DiscoverySection {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new BadField("endpoints", "none", "at least one, such as http://127.0.0.1:2379");
        }
        for (int i = 0; i < endpoints.size(); i++) {
            if (!endpoints.get(i).matches("https?://[A-Za-z0-9.:\\[\\]-]+:\\d{1,5}")) {
                throw new BadField("endpoints[" + i + "]", endpoints.get(i), "such as http://127.0.0.1:2379");
            }
            if (tls != null && !endpoints.get(i).startsWith("https:")) {
                throw new BadField("endpoints[" + i + "]", endpoints.get(i), "https://, as there is a section tls");
            }
        }
        if (prefix != null && !prefix.matches("/([A-Za-z0-9._-]+/)+")) {
            throw new BadField("prefix", prefix, "such as /lattices/office/, with a slash at both ends");
        }
        if (ttlSeconds != null) {
            Check.range("ttl-seconds", ttlSeconds, 3, 3600, "s");
        }
        if (address != null) {
            Check.address("address", address);
        }
        replicas = replicas == null ? null : List.copyOf(replicas);
        for (int i = 0; replicas != null && i < replicas.size(); i++) {
            Check.code("replicas[" + i + "]", replicas.get(i));
        }
    }

    /// A gateway has nothing to register.
    void requireGateways() {
        if (ttlSeconds != null || address != null || replicas != null) {
            String field = ttlSeconds != null ? "ttl-seconds" : address != null ? "address" : "replicas";
            throw new BadField("discovery." + field, "a value", "none: it belongs into the files of nodes");
        }
    }

    /// Where gateways reach an agent that listens there.
    String advertised(String listen) {
        String said = address;
        if (said != null) {
            return said;
        }
        InetAddress at = Check.address("listen", listen).getAddress();
        if (at != null && at.isAnyLocalAddress()) {
            throw new BadField(
                    "discovery.address", "none", "where gateways reach this agent, as it listens on " + listen);
        }
        return listen;
    }

    /// The models that an agent starts with.
    List<String> starting() {
        return replicas == null ? List.of() : replicas;
    }

    /// Whether nobody beyond this machine can read what is told.
    boolean isPrivate() {
        return endpoints.stream()
                .map(URI::create)
                .allMatch(e -> e.getScheme().equals("https") || isLoopback(e.getHost()));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }

    /// What the files of an agent in a folder mean. @param lattice its code
    public DiscoverySettings settings(String lattice, Path folder) {
        TlsSection files = tls;
        return new DiscoverySettings(
                endpoints.stream().map(URI::create).toList(),
                prefix == null ? "/lattices/" + lattice + "/" : prefix,
                Duration.ofSeconds(ttlSeconds == null ? USUAL_TTL : ttlSeconds),
                files == null ? null : files.files(folder));
    }
}
