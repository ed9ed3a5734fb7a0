package io.latticeconsole.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.agent.telemetry.Readings;
import io.latticeconsole.agent.telemetry.SampleReadings;
import io.latticeconsole.agent.text.Exposition;
import io.latticeconsole.agent.text.PrometheusText;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.telemetry.Metric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of metrics, read by our own reader and scraped by a real Prometheus.
class PrometheusScrapeTest {
    private static final NodeId NODE = new NodeId("regions/eu/sites/par-1/nodes/n1");
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final HttpClient client = HttpClient.newHttpClient();
    private final float[] samples = new float[Metric.COUNT];
    private volatile Readings readings = SampleReadings.twoGpus();
    private volatile LedgerTotals ledger = new LedgerTotals(100, 90, 1, 2, 3, 4, 5, 6, 7);
    private MetricsServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() {
        PrometheusRegistry registry = new PrometheusRegistry();
        Arrays.fill(samples, Float.NaN);
        samples[Metric.UTILIZATION.column()] = 0.25f;
        samples[Metric.TTFT_P95_MS.column()] = 120;
        MachineMetrics.register(registry, NODE, () -> readings);
        LatticeMetrics.nodes(registry, () -> Map.of(NODE, samples));
        LatticeMetrics.ledger(registry, new GatewayId("gateways/eu"), () -> ledger);
        server = MetricsServer.start(new InetSocketAddress(LOOPBACK, 0), registry, null);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void everyNumberHasItsNameAndUnitAndWhatIsMissingIsNoSeries() throws Exception {
        Exposition page = PrometheusText.parse(get("http://127.0.0.1:" + server.port() + "/metrics"));
        assertTrue(page.problems().isEmpty(), page.problems().toString());
        Map<String, String> first = Map.of("node", NODE.name(), "accelerator", "0", "uuid", "GPU-aa");
        assertEquals(
                0.4, page.sum("lattice_accelerator_utilization_ratio", first).orElseThrow());
        assertEquals(
                61, page.sum("lattice_accelerator_temperature_celsius", first).orElseThrow());
        assertEquals(31.25, page.sum("lattice_accelerator_power_watts", first).orElseThrow());
        assertEquals(
                1e9, page.sum("lattice_accelerator_memory_used_bytes", first).orElseThrow());
        assertEquals(2.04e9, page.sum("lattice_accelerator_clock_hertz", first).orElseThrow());
        assertEquals(
                3,
                page.sum("lattice_accelerator_ecc_errors_corrected_total", first)
                        .orElseThrow());
        assertEquals(
                "counter",
                page.type("lattice_accelerator_ecc_errors_corrected_total").orElseThrow());
        assertEquals(
                1,
                page.sum("lattice_accelerator_throttled", Map.of("reason", "power_cap"))
                        .orElseThrow());
        assertEquals(1, page.samples("lattice_accelerator_utilization_ratio").size(), "the lost GPU has no reading");
        Map<String, String> second = Map.of("accelerator", "1");
        assertEquals(0, page.sum("lattice_accelerator_healthy", second).orElseThrow());
        assertEquals(79, page.sum("lattice_accelerator_last_xid", second).orElseThrow());
        assertEquals(0.5, page.sum("lattice_host_cpu_usage_ratio", Map.of()).orElseThrow());
        assertEquals(0, page.samples("lattice_host_temperature_celsius").size());
        Map<String, String> node = Map.of("node", NODE.name());
        assertEquals(0.25, page.sum("lattice_node_utilization_ratio", node).orElseThrow());
        assertEquals(0.12, page.sum("lattice_node_ttft_p95_seconds", node).orElseThrow(), 1e-9);
        assertFalse(page.names().contains("lattice_node_power_watts"));
        Map<String, String> ingress = Map.of("ingress", "gateways/eu");
        assertEquals(100, page.sum("lattice_requests_arrived_total", ingress).orElseThrow());
        assertEquals(4, page.sum("lattice_requests_in_flight", ingress).orElseThrow());
    }

    @Test
    void openMetricsIsServedToWhoAsksForIt() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                .header("Accept", "application/openmetrics-text; version=1.0.0")
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("application/openmetrics-text"));
        assertTrue(response.body().endsWith("# EOF\n"));
        assertTrue(response.body().contains("# UNIT lattice_accelerator_power_watts watts"), response.body());
    }

    @Test
    void anAddressInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            UncheckedIOException refused = assertThrows(
                    UncheckedIOException.class,
                    () -> MetricsServer.start(
                                    new InetSocketAddress(LOOPBACK, taken.getLocalPort()),
                                    new PrometheusRegistry(),
                                    null)
                            .close());
            assertTrue(String.valueOf(refused.getMessage()).contains(":" + taken.getLocalPort() + ": "));
        }
    }

    @Test
    void aRealPrometheusScrapesTheSameNumbers() throws Exception {
        String job = """
                  - job_name: agent
                    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
                """.formatted(server.port());
        try (RealPrometheus prometheus = new RealPrometheus(folder, job)) {
            String query = "lattice_accelerator_power_watts{accelerator=\"0\"}";
            assertEquals("31.25", prometheus.await(query, "31.25"));
            readings = SampleReadings.onePower(200);
            ledger = new LedgerTotals(150, 140, 1, 2, 3, 4, 5, 6, 7);
            assertEquals("200", prometheus.await(query, "200"));
            assertEquals("150", prometheus.await("lattice_requests_arrived_total", "150"));
            assertEquals("1", prometheus.await("up", "1"));
            String types = prometheus.get("/api/v1/metadata?metric=lattice_accelerator_power_watts");
            assertTrue(types.contains("\"gauge\"") && types.contains("Power drawn."), types);
        }
    }

    private String get(String where) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(where)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
