package io.latticeconsole.agent.engine.embedded;

import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The embedded engine as a server. Needs ONNX Runtime, the tokenizer and the bundled model on the class path,
/// which the console's has not: see [EmbeddedEngine].
public final class EmbeddedServer implements AutoCloseable {
    /// The name of the one model.
    public static final String MODEL = "all-minilm-l6-v2";

    private static final int MAX_REQUEST_BYTES = 4 << 20;
    private final EmbeddedService service;
    private final List<Server> servers = new ArrayList<>();

    private EmbeddedServer(EmbeddedService service) {
        this.service = service;
    }

    /// Starts serving; a version without a directory is the bundled model. Nothing is loaded but `load`.
    ///
    /// @throws IOException if the address is taken, or a version of `load` cannot be loaded or is unknown
    public static EmbeddedServer start(
            InetSocketAddress address, Map<String, Optional<Path>> versions, List<String> load) throws IOException {
        Map<String, ServedVersion> served = served(versions);
        for (String name : load) {
            ServedVersion version = served.get(name);
            if (version == null) {
                throw new IOException("version " + name + " is to be loaded and is none of " + versions.keySet());
            }
            version.load();
        }
        EmbeddedServer server = new EmbeddedServer(new EmbeddedService(MODEL, served));
        server.listen(address);
        return server;
    }

    /// Starts serving within the process, and at an address if one is given; nothing is loaded. Closing what it returns
    /// waits for requests in flight. Called by name from other class loaders.
    ///
    /// @throws IOException if the address is taken
    public static AutoCloseable serve(
            String name,
            @Nullable InetSocketAddress address,
            Map<String, Optional<Path>> versions,
            Duration exitTimeout)
            throws IOException {
        var _ = OnnxRuntime.environment(); // where it cannot be loaded, that is said now
        EmbeddedServer server = new EmbeddedServer(new EmbeddedService(MODEL, served(versions)));
        server.servers.add(InProcessServerBuilder.forName(name)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .addService(server.service)
                .build()
                .start());
        try {
            if (address != null) {
                server.listen(address);
            }
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        return () -> server.drain(exitTimeout);
    }

    private static Map<String, ServedVersion> served(Map<String, Optional<Path>> versions) {
        Map<String, ServedVersion> served = new HashMap<>();
        versions.forEach((name, directory) -> served.put(name, new ServedVersion(directory.orElse(null))));
        return served;
    }

    private void listen(InetSocketAddress address) throws IOException {
        servers.add(NettyServerBuilder.forAddress(address)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(MAX_REQUEST_BYTES)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(service)
                .build()
                .start());
    }

    /// The version of ONNX Runtime.
    static String version() {
        return OnnxRuntime.environment().getVersion();
    }

    public int port() {
        return servers.getFirst().getPort();
    }

    /// Takes no new requests and waits for those in flight.
    private void drain(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        servers.forEach(Server::shutdown);
        try {
            for (Server server : servers) {
                server.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        servers.forEach(Server::shutdownNow);
        service.close();
    }
}
