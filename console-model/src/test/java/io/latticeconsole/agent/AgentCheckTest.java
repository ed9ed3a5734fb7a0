package io.latticeconsole.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import io.latticeconsole.agent.discovery.EtcdServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `agent check` says of what can be reached.
@Timeout(60)
class AgentCheckTest {
    @TempDir
    Path folder;

    @Test
    void etcdIsAskedToo() throws Exception {
        try (EtcdServer etcd = new EtcdServer(folder)) {
            DiscoverySettings settings = etcd.settings("office", Duration.ofSeconds(10));
            List<String> lines = new ArrayList<>();
            assertEquals(false, check(settings, lines));
            assertTrue(
                    lines.getLast()
                            .startsWith(
                                    "PROBLEM  etcd at " + settings.endpoints().getFirst() + " does not"),
                    lines::toString);
            etcd.start();
            assertEquals(true, check(settings, lines), lines::toString);
            assertTrue(lines.getLast().endsWith(": 0 agents are registered under /lattices/office/"), lines::toString);
        }
    }

    private boolean check(DiscoverySettings settings, List<String> lines) throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), """
                role: gateway
                lattice: {code: office, name: Office}
                listen: 127.0.0.1:7443
                inference: 127.0.0.1:7500
                region: {code: eu, name: Europe, latitude: 48.9, longitude: 2.3}
                sites: [{code: par-1, name: Paris, tier: edge, latitude: 48.9, longitude: 2.3}]
                models: []
                discovery: {endpoints: ['%s']}
                """.formatted(
                        settings.endpoints().getFirst()));
        return AgentCheck.run(ConfigReader.read(file), folder, lines::add);
    }
}
