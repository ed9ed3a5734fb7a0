package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latticeconsole.agent.metrics.LatticeMetrics;
import io.latticeconsole.agent.metrics.MachineMetrics;
import io.latticeconsole.agent.metrics.MetricsServer;
import io.latticeconsole.agent.metrics.RealPrometheus;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.security.Parties;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import io.latticeconsole.security.TlsFiles;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real Prometheus reads a running gateway and agent over mutual TLS and sees what a console is told.
@Timeout(180)
class MetricsOverTlsTest {
    private static final int REQUESTS = 7;

    @TempDir
    private Path folder;

    @Test
    void aPrometheusWithACertificateSeesWhatAConsoleIsTold() throws Exception {
        Parties parties = new Parties(folder.resolve("pki"));
        TlsFiles scraper = parties.person("prometheus", Role.VIEWER);
        KeyMaterial eve = parties.person("eve", Role.CLIENT, Role.SUPERVISOR).read();
        KeyMaterial gateway = parties.machine("gateway").read();
        try (RealMachines machines = new RealMachines(
                        folder,
                        new Protection.MutualTls(parties.machine("agents").read()),
                        new Protection.MutualTls(gateway),
                        eve.channelCredentials(),
                        eve);
                MetricsServer ofGateway = serve(gateway, machines, true);
                MetricsServer ofAgent = serve(gateway, machines, false);
                RealPrometheus prometheus =
                        new RealPrometheus(folder, jobs(scraper, ofGateway.port(), ofAgent.port()))) {
            machines.awaitServing(0);
            for (int i = 0; i < REQUESTS; i++) {
                var _ = GRPCInferenceServiceGrpc.newBlockingStub(machines.inference)
                        .modelInfer(RealMachines.request(RealMachines.MODEL));
            }
            machines.awaitFinished(REQUESTS);
            assertEquals(
                    "" + REQUESTS, prometheus.await("lattice_requests_finished_total{job=\"gateway\"}", "" + REQUESTS));
            String memory = "" + (long) machines.readings(0).host().memoryBytes();
            assertEquals(memory, prometheus.await("lattice_host_memory_bytes{job=\"agent\"}", memory));
            assertEquals(200, status(ofGateway.port(), scraper.read().context()));
            assertEquals(
                    403,
                    status(
                            ofGateway.port(),
                            parties.person("app", Role.CLIENT).read().context()));
            assertThrows(IOException.class, () -> status(ofGateway.port(), SSLContext.getDefault()));
        }
    }

    private static MetricsServer serve(KeyMaterial material, RealMachines machines, boolean gateway) {
        PrometheusRegistry registry = new PrometheusRegistry();
        if (gateway) {
            LatticeMetrics.ledger(registry, machines.gateway.id(), machines.gateway::newestLedger);
        } else {
            MachineMetrics.register(registry, new NodeId(RealMachines.name(0)), () -> machines.readings(0));
        }
        return MetricsServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), registry, material);
    }

    private static String jobs(TlsFiles scraper, int gateway, int agent) {
        String job = """
                  - job_name: %s
                    scheme: https
                    tls_config: {ca_file: %s, cert_file: %s, key_file: %s}
                    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
                """;
        return job.formatted("gateway", scraper.authorities(), scraper.certificate(), scraper.key(), gateway)
                + job.formatted("agent", scraper.authorities(), scraper.certificate(), scraper.key(), agent);
    }

    private static int status(int port, SSLContext context) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
