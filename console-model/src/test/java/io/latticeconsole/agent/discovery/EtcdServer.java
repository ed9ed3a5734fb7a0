package io.latticeconsole.agent.discovery;

import io.latticeconsole.security.TlsFiles;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real etcd on a free port of this machine, with its data in a folder; not started yet.
public final class EtcdServer implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Path folder;
    private final List<InetSocketAddress> ports;
    private final @Nullable TlsFiles tls;
    private @Nullable Process process;

    public EtcdServer(Path folder) {
        this(folder, null);
    }

    /// One that shows a certificate, and asks for one.
    public EtcdServer(Path folder, @Nullable TlsFiles tls) {
        this.folder = folder;
        this.ports = List.of(free(), free());
        this.tls = tls;
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

    private String clientUrl() {
        return (tls == null ? "http://" : "https://") + FreePorts.text(ports.get(0));
    }

    private String peerUrl() {
        return "http://" + FreePorts.text(ports.get(1));
    }

    /// Where a lattice's nodes are in it. @param ttl of registrations
    public DiscoverySettings settings(String lattice, Duration ttl) {
        return settings(lattice, ttl, null);
    }

    /// The same for a client with a certificate.
    public DiscoverySettings settings(String lattice, Duration ttl, @Nullable TlsFiles client) {
        return new DiscoverySettings(List.of(URI.create(clientUrl())), "/lattices/" + lattice + "/", ttl, client);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + clientUrl(),
                "--advertise-client-urls=" + clientUrl(),
                "--listen-peer-urls=" + peerUrl(),
                "--initial-advertise-peer-urls=" + peerUrl(),
                "--initial-cluster=default=" + peerUrl()));
        if (tls != null) {
            command.add("--cert-file=" + tls.certificate());
            command.add("--key-file=" + tls.key());
            command.add("--trusted-ca-file=" + tls.authorities());
            command.add("--client-cert-auth");
        }
        return command;
    }

    /// Starts it, again with what it had; returns once it accepts connections.
    public void start() throws Exception {
        try {
            process = new ProcessBuilder(command())
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
