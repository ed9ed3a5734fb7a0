package io.latticeconsole.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.security.Parties;
import io.latticeconsole.security.Role;
import io.latticeconsole.security.TlsFiles;
import io.latticeconsole.server.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A file with `tls:` and `metrics:` is all it takes: the page is there over HTTPS, for those who may watch.
@Timeout(120)
class MetricsOfAFileTest {
    @TempDir
    Path folder;

    @Test
    void aFileWithTlsServesItsMetricsOverHttpsToWhoMayWatch() throws Exception {
        Parties parties = new Parties(folder.resolve("pki"));
        List<InetSocketAddress> ports = FreePorts.take("127.0.0.1", 0, 5);
        String page = "://" + FreePorts.text(ports.get(3)) + "/metrics";
        Path file = file(ports, parties.machine("desk"));
        try (AgentProcess process = AgentProcess.start(ConfigReader.read(file), folder)) {
            assertTrue(process.lines().contains("and metrics at https" + page), process.lines()::toString);
            SSLContext viewer = parties.person("prometheus", Role.VIEWER).read().context();
            HttpResponse<String> seen = get("https" + page, viewer);
            assertEquals(200, seen.statusCode());
            for (String metric : List.of("lattice_host_memory_bytes{", "lattice_requests_arrived_total{")) {
                assertTrue(seen.body().contains("\n" + metric), () -> metric + " is not in\n" + seen.body());
            }
            SSLContext client = parties.person("app", Role.CLIENT).read().context();
            assertEquals(403, get("https" + page, client).statusCode());
            SSLContext nobody = SSLContext.getDefault();
            assertThrows(IOException.class, () -> get("https" + page, nobody));
            assertThrows(IOException.class, () -> get("http" + page, nobody));
        }
    }

    private Path file(List<InetSocketAddress> ports, TlsFiles tls) throws IOException {
        return Files.writeString(folder.resolve("node.yaml"), """
                role: node
                lattice: desk
                node: regions/eu/sites/par-1/nodes/n1
                listen: %s
                metrics: %s
                tls: {certificate: '%s', key: '%s', authorities: '%s'}
                telemetry: {accelerators: none}
                engine: {kind: open-inference, address: '%s'}
                models:
                  - {code: minilm, engine-name: all-minilm-l6-v2}
                gateway:
                  listen: %s
                  inference: %s
                  latitude: 48.9
                  longitude: 2.3
                  models:
                    - {code: minilm, version: v1, service-ms: 5, size-mb: 23, objective: {metric: e2e, p95-ms: 5000}}
                """.formatted(
                        FreePorts.text(ports.get(0)),
                        FreePorts.text(ports.get(3)),
                        tls.certificate(),
                        tls.key(),
                        tls.authorities(),
                        FreePorts.text(ports.get(4)),
                        FreePorts.text(ports.get(1)),
                        FreePorts.text(ports.get(2))));
    }

    private static HttpResponse<String> get(String page, SSLContext as) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(as).build()) {
            return client.send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
