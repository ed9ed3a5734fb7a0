package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.latticeconsole.agent.discovery.EtcdServer;
import io.latticeconsole.agent.discovery.Registrar;
import io.latticeconsole.security.DevelopmentAuthority;
import io.latticeconsole.security.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real etcd that takes nobody without a certificate.
@Timeout(240)
class DiscoveryOverTlsTest {
    private static final Duration TTL = Duration.ofSeconds(3);

    private static TlsFiles certificate(DevelopmentAuthority by, Path folder, String name) throws Exception {
        List<String> hosts = List.of("127.0.0.1", "localhost");
        DevelopmentAuthority.Issued issued = by.issue(name, Set.of(), hosts, Instant.now(), Duration.ofDays(1));
        return new TlsFiles(issued.certificate(), issued.key(), folder.resolve("ca.pem"));
    }

    private static TlsFiles stranger(Path folder) throws Exception {
        DevelopmentAuthority other = DevelopmentAuthority.create(folder, Instant.now());
        TlsFiles own = certificate(other, folder, "stranger");
        return new TlsFiles(
                own.certificate(), own.key(), folder.resolveSibling("pki").resolve("ca.pem"));
    }

    @Test
    void agentsAreFoundInItAndAStrangerIsToldThatItIsAway(@TempDir Path folder) throws Exception {
        Path pki = folder.resolve("pki");
        DevelopmentAuthority authority = DevelopmentAuthority.create(pki, Instant.now());
        try (EtcdServer etcd = new EtcdServer(folder, certificate(authority, pki, "etcd"));
                RealMachines machines = new RealMachines(folder)) {
            machines.awaitServing(0);
            machines.awaitServing(1);
            etcd.start();
            machines.discoverBy(etcd.settings("test", TTL, certificate(authority, pki, "machines")));
            machines.restartGateway(DiscoveryTest::bare);
            machines.awaitGone(0);
            machines.awaitGone(1);
            try (Registrar _ = machines.register(RealMachines.name(0), 0)) {
                machines.awaitServing(0);
                machines.discoverBy(etcd.settings("test", TTL, stranger(folder.resolve("stranger"))));
                machines.restartGateway(DiscoveryTest::bare);
                machines.awaitEvent("DISCOVERY_AWAY", "gateways/eu", 0);
            }
            assertEquals(0, machines.gateway.failures());
        }
    }
}
