package io.latticeconsole.agent.engine.embedded;

import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The embedded engine within this process, whose class path need not have what the engine is made of. Speak to it with
/// an `OipEngine` on its channel.
public final class EmbeddedEngine implements AutoCloseable {
    private final String name;
    private final AutoCloseable server;

    private EmbeddedEngine(String name, AutoCloseable server) {
        this.name = name;
        this.server = server;
    }

    /// Starts it with nothing loaded; a version without a directory is the bundled model.
    ///
    /// @param listen where it also answers whoever calls it directly, without TLS
    /// @param exitTimeout how long requests in flight have when it is closed
    /// @throws IOException if what it is made of is missing, or the address is taken
    public static EmbeddedEngine start(
            Map<String, Optional<Path>> versions, @Nullable InetSocketAddress listen, Duration exitTimeout)
            throws IOException {
        String name = "embedded-engine-" + UUID.randomUUID();
        try {
            var serve = Class.forName(EmbeddedServer.class.getName(), true, EngineClasses.get())
                    .getMethod("serve", String.class, InetSocketAddress.class, Map.class, Duration.class);
            return new EmbeddedEngine(name, (AutoCloseable) serve.invoke(null, name, listen, versions, exitTimeout));
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof IOException bad) {
                throw bad;
            }
            throw new IOException("the embedded engine does not start: " + root(failed), failed);
        } catch (ReflectiveOperationException | LinkageError bad) {
            throw new IOException("the embedded engine is not installed whole: " + bad, bad);
        }
    }

    private static Throwable root(Throwable failed) {
        Throwable cause = failed.getCause();
        return cause == null ? failed : root(cause);
    }

    /// A channel to it, which the caller closes.
    public ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).disableRetry().build();
    }

    /// Takes nothing new, lets it finish what is in flight for as long as its exit time-out says, then ends it.
    @Override
    public void close() {
        try {
            server.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded engine does not end", e);
        }
    }
}
