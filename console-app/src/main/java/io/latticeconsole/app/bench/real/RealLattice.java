package io.latticeconsole.app.bench.real;

import io.latticeconsole.app.Main;
import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.wire.LatticeConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Sites of two agents each with the embedded engine, and a gateway, all processes of their own; watched as a console
/// watches.
final class RealLattice implements AutoCloseable {
    /// What clients call the model.
    static final String MODEL = "minilm";

    private static final int PER_SITE = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> JVM = List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Path folder;
    private final List<NodeId> nodes = new ArrayList<>();
    private final Map<NodeId, Path> files = new HashMap<>();
    private final Map<NodeId, ChildJvm> agents = new HashMap<>();
    private final InetSocketAddress inference;
    private final ChildJvm gateway;
    private final LatticeStore store = LatticeStore.start();
    private final LatticeConnection connection;

    private RealLattice(Path folder, int sites) throws IOException {
        this.folder = folder;
        List<InetSocketAddress> ports = FreePorts.take("127.0.0.1", 0, sites * PER_SITE + 2);
        InetSocketAddress listen = ports.removeLast();
        inference = ports.removeLast();
        StringBuilder described = new StringBuilder();
        for (int s = 0; s < sites; s++) {
            described.append("  - {code: site-%d, name: Site %d, tier: edge, latitude: %d, longitude: 4, nodes: [%n"
                    .formatted(s + 1, s + 1, 48 + s));
            for (int n = 0; n < PER_SITE; n++) {
                String address = FreePorts.text(ports.get(s * PER_SITE + n));
                NodeId id = new NodeId("regions/eu/sites/site-%d/nodes/n%d".formatted(s + 1, n + 1));
                nodes.add(id);
                files.put(id, write(id.name().replace('/', '-'), nodeFile(id, address)));
                described.append(
                        "      {code: n%d, address: '%s', replicas: [%s]},%n".formatted(n + 1, address, MODEL));
            }
            described.append("    ]}%n".formatted());
        }
        for (NodeId id : nodes) {
            start(id);
        }
        gateway = agent(write("gateway", gatewayFile(listen, inference, List.of(MODEL), described.toString())));
        connection = LatticeConnection.open(List.of(FreePorts.text(listen)), "bench", store);
    }

    /// Starts all of it; returns when every node serves.
    ///
    /// @throws IOException if a process cannot be started, or the lattice is not up within three minutes
    static RealLattice start(int sites) throws IOException {
        RealLattice lattice = new RealLattice(Files.createTempDirectory("real-lattice-"), sites);
        try {
            lattice.await("every node serves", () -> lattice.nodes.stream().allMatch(lattice::serves));
            return lattice;
        } catch (IOException | RuntimeException e) {
            lattice.close();
            throw e;
        }
    }

    private static String nodeFile(NodeId id, String address) {
        return """
                role: node
                lattice: bench
                node: %s
                listen: %s
                engine: {kind: embedded, versions: {v1: bundled, v2: bundled}}
                models: [{code: %s, engine-name: all-minilm-l6-v2}]
                """.formatted(id, address, MODEL);
    }

    /// A gateway's file; `sites` are the lines of its list.
    static String gatewayFile(
            InetSocketAddress listen, InetSocketAddress inference, List<String> models, String sites) {
        String served = models.stream()
                .map(m -> "  - {code: %s, version: v1, versions: [v1, v2], service-ms: 8, size-mb: 23,%n".formatted(m)
                        + "     objective: {metric: e2e, p95-ms: 500}}%n".formatted())
                .collect(Collectors.joining());
        return """
                role: gateway
                lattice: {code: bench, name: Bench}
                listen: %s
                inference: %s
                region: {code: eu, name: Europe, latitude: 48, longitude: 4}
                models:
                %ssites:
                %s""".formatted(FreePorts.text(listen), FreePorts.text(inference), served, sites);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), text);
    }

    /// The process of an agent's file.
    static ChildJvm agent(Path file) throws IOException {
        return ChildJvm.start(JVM, Main.class.getName(), List.of("agent", "run", file.toString()), Map.of());
    }

    /// Starts the agent of a node, as after its machine's restart.
    void start(NodeId id) throws IOException {
        Path file = files.get(id);
        if (file == null) {
            throw new IllegalArgumentException("there is no node " + id);
        }
        agents.put(id, agent(file));
    }

    List<NodeId> nodes() {
        return List.copyOf(nodes);
    }

    /// Where clients send their requests.
    String inference() {
        return FreePorts.text(inference);
    }

    LatticeStore store() {
        return store;
    }

    LatticeConnection connection() {
        return connection;
    }

    /// `kill -SIGNAL` of a node's agent.
    void signal(NodeId id, String signal) throws IOException, InterruptedException {
        ChildJvm agent = agents.get(id);
        if (agent == null) {
            throw new IllegalArgumentException("there is no agent of " + id);
        }
        int rc = new ProcessBuilder("kill", "-" + signal, Long.toString(agent.pid()))
                .start()
                .waitFor();
        if (rc != 0) {
            throw new IOException("kill -" + signal + " of the agent of " + id + " exited " + rc);
        }
    }

    boolean isDown(NodeId id) {
        Node node = store.state().lattice().nodes().get(id);
        return node != null && node.health() == Health.DOWN;
    }

    boolean isIn(NodeId id, AdminState state) {
        Node node = store.state().lattice().nodes().get(id);
        return node != null && node.adminState() == state;
    }

    /// Requests that a node says it is serving; NaN where it does not say.
    double inFlight(NodeId id) {
        int index = store.state().nodes().index(id);
        return index < 0 ? Double.NaN : store.samples().latest(index, Metric.IN_FLIGHT);
    }

    /// Whether a node is up and all its replicas are ready.
    boolean serves(NodeId id) {
        Node node = store.state().lattice().nodes().get(id);
        var replicas = store.state().lattice().replicasOf(id);
        return node != null
                && node.health() == Health.UP
                && node.adminState() == AdminState.SERVING
                && !replicas.isEmpty()
                && replicas.stream().allMatch(r -> r.state() == ReplicaState.READY);
    }

    /// Waits until something is so; the ms that it took.
    ///
    /// @throws IOException if it is not within three minutes
    double await(String what, BooleanSupplier so) throws IOException {
        long begin = System.nanoTime();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    @Override
    public void close() {
        connection.close();
        store.close();
        gateway.close();
        agents.values().forEach(ChildJvm::close);
        for (Path file : files.values()) {
            file.toFile().delete();
        }
        folder.resolve("gateway.yaml").toFile().delete();
        folder.toFile().delete();
    }
}
