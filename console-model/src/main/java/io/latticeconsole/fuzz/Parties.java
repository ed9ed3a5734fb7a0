package io.latticeconsole.fuzz;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.security.DevelopmentAuthority;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.security.Role;
import io.latticeconsole.security.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A caller for each role and one without any, by the names that their certificates carry.
final class Parties {
    static final String NOBODY = "nobody";
    private static final Duration LIFE = Duration.ofDays(2);

    private final Map<String, KeyMaterial> callers = new LinkedHashMap<>();
    private final KeyMaterial machine;

    Parties(Path folder) throws IOException {
        Instant now = Instant.now();
        DevelopmentAuthority authority = DevelopmentAuthority.create(folder, now);
        for (Role role : Role.values()) {
            callers.put(role.unit(), issue(authority, folder, role.unit(), List.of(role), List.of()));
        }
        callers.put(NOBODY, issue(authority, folder, NOBODY, List.of(), List.of()));
        machine = issue(authority, folder, "machine", List.of(Role.NODE), List.of("127.0.0.1"));
    }

    private static KeyMaterial issue(
            DevelopmentAuthority authority, Path folder, String name, List<Role> roles, List<String> hosts)
            throws IOException {
        var issued = authority.issue(name, roles, hosts, Instant.now(), LIFE);
        return new TlsFiles(issued.certificate(), issued.key(), folder.resolve("ca.pem")).read();
    }

    /// What servers show.
    KeyMaterial machine() {
        return machine;
    }

    List<String> names() {
        return List.copyOf(callers.keySet());
    }

    /// A channel to an address for each party.
    Map<String, ManagedChannel> channels(String address) {
        Map<String, ManagedChannel> channels = new LinkedHashMap<>();
        callers.forEach((name, material) -> channels.put(
                name,
                NettyChannelBuilder.forTarget(address, material.channelCredentials())
                        .maxInboundMessageSize(8 << 20)
                        .build()));
        return channels;
    }
}
