package io.latticeconsole.agent.discovery;

import io.latticeconsole.server.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real etcd on a free port of this machine, with its data in a folder; not started yet.
public final class EtcdServer implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Path folder;
    private final List<InetSocketAddress> ports;
    private @Nullable Process process;

    public EtcdServer(Path folder) {
        this.folder = folder;
        this.ports = List.of(free(), free());
    }

    /// A port that no outgoing connection is given: etcd may be started much later.
    private static InetSocketAddress free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), probe.getLocalPort());
            } catch (IOException _) {
                // somebody has it: another
            }
        }
    }

    private String url(int port) {
        return "http://" + FreePorts.text(ports.get(port));
    }

    /// Where a lattice's nodes are in it. @param ttl of registrations
    public DiscoverySettings settings(String lattice, Duration ttl) {
        return new DiscoverySettings(List.of(URI.create(url(0))), "/lattices/" + lattice + "/", ttl, null);
    }

    /// Starts it, again with what it had; returns once it accepts connections.
    public void start() throws Exception {
        try {
            process = new ProcessBuilder(
                            "etcd",
                            "--data-dir=" + folder.resolve("etcd"),
                            "--listen-client-urls=" + url(0),
                            "--advertise-client-urls=" + url(0),
                            "--listen-peer-urls=" + url(1),
                            "--initial-advertise-peer-urls=" + url(1),
                            "--initial-cluster=default=" + url(1))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("etcd.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("this test needs etcd: install it (apt-get install etcd-server)", e);
        }
        long until = System.nanoTime() + PATIENCE;
        while (!accepts()) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > until) {
                throw new AssertionError("etcd does not come up: " + Files.readString(folder.resolve("etcd.log")));
            }
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(ports.get(0), 500);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// It is there and answers nothing more, until [#wake].
    public void freeze() throws Exception {
        signal("STOP");
    }

    public void wake() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process running = process;
        if (running == null
                || new ProcessBuilder("kill", "-" + name, String.valueOf(running.pid()))
                                .start()
                                .waitFor()
                        != 0) {
            throw new AssertionError("etcd does not run");
        }
    }

    /// Its process ends at once.
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
