package io.latticeconsole.agent.gateway;

import com.google.protobuf.ByteString;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import io.latticeconsole.agent.discovery.Registrar;
import io.latticeconsole.agent.discovery.Registration;
import io.latticeconsole.agent.engine.embedded.EmbeddedServer;
import io.latticeconsole.agent.engine.oip.OipEngine;
import io.latticeconsole.agent.engine.oip.OipSettings;
import io.latticeconsole.agent.node.NodeAgent;
import io.latticeconsole.agent.node.NodeSetup;
import io.latticeconsole.agent.node.ServedModel;
import io.latticeconsole.agent.telemetry.Readings;
import io.latticeconsole.agent.telemetry.TelemetryOptions;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.proto.inference.InferTensorContents;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.TlsFiles;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.SeenEvent;
import io.latticeconsole.wire.LatticeConnection;
import io.latticeconsole.wire.StoreWatch;
import io.latticeconsole.wire.WatchRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Two agents with the real engine and their gateway, all in this process, speaking over loopback.
final class RealMachines implements AutoCloseable {
    static final String MODEL = "minilm";

    private final List<EmbeddedServer> engines = new ArrayList<>();
    private final List<OipEngine> clients = new ArrayList<>();
    private final List<NodeAgent> agents = new ArrayList<>();
    private final List<InetSocketAddress> ports;
    private final Path folder;
    private final Protection gatewayProtection;
    GatewayAgent gateway;
    private @Nullable DiscoverySettings discovery;
    final ManagedChannel lattice;
    final ManagedChannel inference;
    private final LatticeStore store = LatticeStore.start();
    private final LatticeConnection console;

    private final Protection agentsProtection;

    RealMachines(Path folder) throws Exception {
        this(folder, Protection.LOOPBACK, Protection.LOOPBACK, InsecureChannelCredentials.create(), null);
    }

    /// The same with certificates: the agents', the gateway's, and a client's for inference and orders.
    RealMachines(
            Path folder,
            Protection ofAgents,
            Protection ofGateway,
            ChannelCredentials client,
            @Nullable KeyMaterial operator)
            throws Exception {
        agentsProtection = ofAgents;
        gatewayProtection = ofGateway;
        this.folder = folder;
        ports = FreePorts.take("127.0.0.1", 0, 4);
        Map<String, Optional<Path>> versions =
                Map.of("v1", Optional.empty(), "v2", Optional.empty(), "broken", Optional.of(broken(folder)));
        for (int n = 0; n < 2; n++) {
            engines.add(EmbeddedServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), versions, List.of()));
            clients.add(new OipEngine(
                    connect("127.0.0.1:" + engines.get(n).port(), InsecureChannelCredentials.create()),
                    OipSettings.DEFAULT));
            agents.add(agent(n));
        }
        gateway = gateway(file());
        console = LatticeConnection.open(
                List.of(FreePorts.text(ports.get(2))), "test", store, WatchRequest.NEWEST, operator);
        lattice = connect(FreePorts.text(ports.get(2)), client);
        inference = connect(FreePorts.text(ports.get(3)), client);
    }

    private GatewayAgent gateway(String text) throws Exception {
        GatewayFile config = (GatewayFile) ConfigReader.read(Files.writeString(folder.resolve("gateway.yaml"), text));
        return GatewayAgent.start(GatewaySetup.of(config, gatewayProtection, folder), InstantSource.system());
    }

    /// From its next start the gateway takes more nodes than those of its file.
    void discoverBy(DiscoverySettings settings) {
        discovery = settings;
    }

    private String discoverySection() {
        DiscoverySettings settings = discovery;
        if (settings == null) {
            return "";
        }
        TlsFiles tls = settings.tls();
        String shown = tls == null
                ? ""
                : ", tls: {certificate: '%s', key: '%s', authorities: '%s'}"
                        .formatted(tls.certificate(), tls.key(), tls.authorities());
        return "discovery: {endpoints: ['" + settings.endpoints().getFirst() + "']" + shown + "}\n";
    }

    /// Registers an agent as a node. @param name the node's @param n whose address it has
    Registrar register(String name, int n) throws Exception {
        DiscoverySettings settings = discovery;
        if (settings == null) {
            throw new AssertionError("there is no discovery");
        }
        NodeAgent agent = agents.get(n);
        Registration registration = new Registration(
                name,
                "lattices/test",
                FreePorts.text(ports.get(n)),
                UUID.randomUUID().toString(),
                EndpointInfo.CONTRACT,
                null,
                List.of(MODEL),
                false);
        return Registrar.start(settings, () -> registration, agent::isIdle);
    }

    /// Waits until a console sees no such node any more.
    void awaitGone(int n) throws Exception {
        NodeId id = new NodeId(name(n));
        StoreWatch.await(store, state -> state.lattice().nodes().get(id) == null);
    }

    /// The gateway ends and starts anew by its file, edited.
    void restartGateway(UnaryOperator<String> edit) throws Exception {
        gateway.close();
        gateway = gateway(edit.apply(file()) + discoverySection());
    }

    private static Path broken(Path folder) throws Exception {
        Path version = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(version.resolve("exercise.properties"), "fails=true\n");
        return version;
    }

    private NodeAgent agent(int n) throws Exception {
        return agent(
                n,
                clients.get(n),
                TelemetryOptions.DEFAULT.withAccelerators(TelemetryOptions.Accelerators.NONE),
                agentsProtection);
    }

    private NodeAgent agent(int n, OipEngine engine, TelemetryOptions telemetry, Protection protection)
            throws Exception {
        return NodeAgent.start(
                new NodeSetup(
                        "lattices/test",
                        new NodeId(name(n)),
                        ports.get(n),
                        engine,
                        List.of(new ServedModel(new ModelId("models/" + MODEL), EmbeddedServer.MODEL, request(""))),
                        telemetry,
                        protection),
                InstantSource.system());
    }

    static String name(int n) {
        return "regions/eu/sites/par-1/nodes/n" + (n + 1);
    }

    private String file() {
        return """
                role: gateway
                state: state
                lattice: {code: test, name: Test}
                listen: %s
                inference: %s
                region: {code: eu, name: Europe, latitude: 48, longitude: 2}
                sites:
                  - code: par-1
                    name: Paris
                    tier: edge
                    latitude: 48
                    longitude: 2
                    nodes:
                      - {code: n1, address: '%s', replicas: [minilm]}
                      - {code: n2, address: '%s', replicas: [minilm]}
                models:
                  - {code: minilm, version: v1, versions: [v1, v2, broken], service-ms: 5, size-mb: 23,
                     objective: {metric: e2e, p95-ms: 5000}}
                """.formatted(
                        FreePorts.text(ports.get(2)),
                        FreePorts.text(ports.get(3)),
                        FreePorts.text(ports.get(0)),
                        FreePorts.text(ports.get(1)));
    }

    static ModelInferRequest request(String model) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("text")
                        .setDatatype("BYTES")
                        .addShape(1)
                        .setContents(InferTensorContents.newBuilder()
                                .addBytesContents(ByteString.copyFromUtf8("A cat sits on the mat."))))
                .build();
    }

    /// The agent's process ends at once.
    void crash(int n) {
        agents.get(n).close();
    }

    /// It is started again.
    void restart(int n) throws Exception {
        agents.set(n, agent(n));
    }

    /// The same as another machine: with an engine of the test's, null for its own.
    void restart(int n, @Nullable OipEngine engine, TelemetryOptions telemetry, Protection protection)
            throws Exception {
        if (engine != null) {
            clients.add(engine);
        }
        agents.set(n, agent(n, engine == null ? clients.get(n) : engine, telemetry, protection));
    }

    /// Waits until a console on this lattice sees such a replica on a node.
    void awaitReplica(int n, Predicate<Replica> what) throws Exception {
        NodeId id = new NodeId(name(n));
        StoreWatch.await(store, state -> state.lattice().replicasOf(id).stream().anyMatch(what));
    }

    /// Waits until a console on this lattice sees a node up with all its replicas ready.
    void awaitServing(int n) throws Exception {
        NodeId id = new NodeId(name(n));
        StoreWatch.await(store, state -> {
            Node node = state.lattice().nodes().get(id);
            var replicas = state.lattice().replicasOf(id);
            return node != null
                    && node.health() == Health.UP
                    && !replicas.isEmpty()
                    && replicas.stream().allMatch(r -> r.state() == ReplicaState.READY);
        });
    }

    /// Where an agent serves.
    String agentAddress(int n) {
        return FreePorts.text(ports.get(n));
    }

    /// Waits until the console sees a node up.
    void awaitHeard(int n) throws Exception {
        awaitHealth(n, Health.UP);
    }

    /// Waits until the console sees a node so.
    void awaitHealth(int n, Health health) throws Exception {
        NodeId id = new NodeId(name(n));
        StoreWatch.await(store, state -> {
            Node node = state.lattice().nodes().get(id);
            return node != null && node.health() == health;
        });
    }

    /// Waits for an event with a subject that begins so, and a number above that; the first of them.
    EventRecord awaitEvent(String type, String subject, long after) throws Exception {
        Predicate<SeenEvent> wanted = e -> e.event().seq() > after
                && e.event().type().equals(type)
                && e.event().subject().startsWith(subject);
        return StoreWatch.await(store, state -> state.events().stream().anyMatch(wanted)).events().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow()
                .event();
    }

    /// What an agent reads of its machine now.
    Readings readings(int n) {
        return agents.get(n).readings();
    }

    /// Waits until a console on this lattice has received so many finished requests.
    void awaitFinished(long requests) throws Exception {
        StoreWatch.awaitSamples(store.samples(), samples -> samples.ledger().finished() == requests);
    }

    /// A channel to an agent itself.
    ManagedChannel agent(int n, ChannelCredentials client) {
        return connect(FreePorts.text(ports.get(n)), client);
    }

    private static ManagedChannel connect(String address, ChannelCredentials credentials) {
        return NettyChannelBuilder.forTarget(address, credentials).build();
    }

    @Override
    public void close() {
        console.close();
        store.close();
        inference.shutdownNow();
        lattice.shutdownNow();
        gateway.close();
        agents.forEach(NodeAgent::close);
        clients.forEach(OipEngine::close);
        engines.forEach(EmbeddedServer::close);
    }
}
