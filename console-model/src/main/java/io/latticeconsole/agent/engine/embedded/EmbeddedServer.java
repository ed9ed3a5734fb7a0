package io.latticeconsole.agent.engine.embedded;

import ai.onnxruntime.OrtEnvironment;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The embedded engine as a server. Needs ONNX Runtime, the tokenizer and the bundled model on the class path,
/// which the console's has not: see [EmbeddedProcess].
public final class EmbeddedServer implements AutoCloseable {
    /// The name of the one model.
    public static final String MODEL = "all-minilm-l6-v2";

    private static final int MAX_REQUEST_BYTES = 4 << 20;
    private final Server server;

    private EmbeddedServer(Server server) {
        this.server = server;
    }

    /// Starts serving; a version without a directory is the bundled model. Nothing is loaded but `load`.
    ///
    /// @throws IOException if the address is taken, or a version of `load` cannot be loaded or is unknown
    public static EmbeddedServer start(
            InetSocketAddress address, Map<String, Optional<Path>> versions, List<String> load) throws IOException {
        Map<String, ServedVersion> served = new HashMap<>();
        versions.forEach((name, directory) -> served.put(name, new ServedVersion(directory.orElse(null))));
        for (String name : load) {
            ServedVersion version = served.get(name);
            if (version == null) {
                throw new IOException("version " + name + " is to be loaded and is none of " + versions.keySet());
            }
            version.load();
        }
        return new EmbeddedServer(NettyServerBuilder.forAddress(address)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(MAX_REQUEST_BYTES)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(new EmbeddedService(MODEL, served))
                .build()
                .start());
    }

    /// The version of ONNX Runtime.
    static String version() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    public int port() {
        return server.getPort();
    }

    /// Takes no new requests and waits for those in flight.
    public void drain(long seconds) throws InterruptedException {
        if (!server.shutdown().awaitTermination(seconds, TimeUnit.SECONDS)) {
            server.shutdownNow();
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
