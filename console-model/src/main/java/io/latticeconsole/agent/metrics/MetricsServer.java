package io.latticeconsole.agent.metrics;

import io.latticeconsole.security.KeyMaterial;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The page `/metrics` that Prometheus scrapes, in its text format or in OpenMetrics as the scraper asks.
public final class MetricsServer implements AutoCloseable {
    private final HTTPServer server;
    private final ExecutorService requests;

    private MetricsServer(HTTPServer server, ExecutorService requests) {
        this.server = server;
        this.requests = requests;
    }

    /// Listens; port 0 takes a free one.
    ///
    /// @param tls HTTPS, for whoever may watch by certificate; null for plain HTTP
    /// @throws UncheckedIOException if the address cannot be listened on
    public static MetricsServer start(
            InetSocketAddress address, PrometheusRegistry registry, @Nullable KeyMaterial tls) {
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
        try {
            HTTPServer.Builder builder = HTTPServer.builder()
                    .inetAddress(address.getAddress())
                    .port(address.getPort())
                    .registry(registry)
                    .executorService(requests);
            if (tls != null) {
                Scrapers scrapers = new Scrapers(tls);
                builder.httpsConfigurator(scrapers.connections()).authenticator(scrapers);
            }
            return new MetricsServer(builder.buildAndStart(), requests);
        } catch (IOException e) {
            requests.close();
            throw new UncheckedIOException(
                    "cannot serve metrics at " + address.getHostString() + ":" + address.getPort() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /// The port it listens on.
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
        requests.close();
    }
}
