package io.latticeconsole.agent.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A DCGM exporter, played by a real HTTP server.
class DcgmSourceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String PAGE = """
            # HELP DCGM_FI_DEV_GPU_TEMP GPU temperature (in C).
            # TYPE DCGM_FI_DEV_GPU_TEMP gauge
            DCGM_FI_DEV_GPU_TEMP{gpu="0",UUID="GPU-aa",device="nvidia0",modelName="NVIDIA L4",Hostname="n1"} 61
            DCGM_FI_DEV_GPU_TEMP{gpu="1",UUID="GPU-bb",device="nvidia1",modelName="NVIDIA L4",Hostname="n1"} 9223372036854775794
            DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="GPU-aa",modelName="NVIDIA L4"} 31.250000
            DCGM_FI_DEV_POWER_USAGE{gpu="1",UUID="GPU-bb",modelName="NVIDIA L4"} 140737488355330
            DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-aa",modelName="NVIDIA L4",pod="a"} 37
            DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-aa",modelName="NVIDIA L4",pod="b"} 37
            DCGM_FI_DEV_GPU_UTIL{gpu="1",UUID="GPU-bb",modelName="NVIDIA L4"} 2147483632
            DCGM_FI_DEV_FB_USED{gpu="0",UUID="GPU-aa",modelName="NVIDIA L4"} 1024
            DCGM_FI_DEV_FB_FREE{gpu="0",UUID="GPU-aa",modelName="NVIDIA L4"} 22000
            DCGM_FI_DEV_SM_CLOCK{gpu="0",UUID="GPU-aa",modelName="NVIDIA L4"} 2040
            DCGM_FI_DEV_XID_ERRORS{gpu="0",UUID="GPU-aa",modelName="NVIDIA L4",err_code="0",err_msg="No Error"} 0
            DCGM_FI_DEV_XID_ERRORS{gpu="1",UUID="GPU-bb",modelName="NVIDIA L4",err_code="79",err_msg="x"} XID1
            """;

    private final List<TelemetryEvent> events = new ArrayList<>();
    private volatile String page = PAGE.replace("XID1", "0");
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private DcgmSource open() throws TelemetryUnavailable {
        return DcgmSource.open(address(server.getAddress().getPort()), TIMEOUT, InstantSource.fixed(NOW), events::add);
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port + "/metrics");
    }

    @Test
    void readsEveryValueInItsUnitAndNoSentinel() throws Exception {
        try (DcgmSource source = open()) {
            List<AcceleratorReading> gpus = source.read();
            assertEquals(2, gpus.size());
            AcceleratorReading first = gpus.getFirst();
            assertEquals("GPU-aa", first.identity().uuid());
            assertEquals("NVIDIA L4", first.identity().product());
            assertEquals(23024.0 * 1024 * 1024, first.identity().memoryBytes());
            assertEquals(0.37, first.utilization().value());
            assertEquals(61, first.temperature().value());
            assertEquals(31.25, first.power().value());
            assertEquals(1024.0 * 1024 * 1024, first.memoryUsedBytes());
            assertEquals(2040, first.clocks().multiprocessors());
            AcceleratorReading second = gpus.getLast();
            assertFalse(second.temperature().isPresent());
            assertFalse(second.power().isPresent());
            assertFalse(second.utilization().isPresent());
            assertEquals(List.of(), events);
        }
    }

    @Test
    void anXidErrorIsToldWhenTheGaugeChanges() throws Exception {
        try (DcgmSource source = open()) {
            source.read();
            page = PAGE.replace("XID1", "79");
            assertFalse(source.read().getLast().isHealthy());
            source.read();
            page = PAGE.replace("XID1", "13");
            assertTrue(source.read().getLast().isHealthy());
            assertEquals(
                    List.of(new TelemetryEvent.XidRaised(NOW, 1, 79), new TelemetryEvent.XidRaised(NOW, 1, 13)),
                    events);
        }
    }

    @Test
    void whatIsNoExporterSaysSo() throws Exception {
        status = 503;
        assertTrue(refusal().endsWith("cannot be read: it answers with status 503"), refusal());
        status = 200;
        page = "up 1\n";
        assertTrue(refusal().endsWith("is no DCGM exporter: it has no DCGM_ metrics"), refusal());
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertTrue(refusal(address(free), TIMEOUT).contains("cannot be read"));
    }

    @Test
    void oneThatNeverAnswersIsGivenUp() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = refusal(address(mute.getLocalPort()), Duration.ofMillis(300));
            assertTrue(said.contains("did not answer within 300 ms") || said.contains("timed out"), said);
        }
    }

    private String refusal() {
        return refusal(address(server.getAddress().getPort()), TIMEOUT);
    }

    private String refusal(URI where, Duration timeout) {
        return assertThrows(
                        TelemetryUnavailable.class,
                        () -> DcgmSource.open(where, timeout, InstantSource.fixed(NOW), events::add)
                                .close())
                .sentence();
    }
}
