package io.latticeconsole.agent.gateway;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.agent.engine.embedded.EmbeddedServer;
import io.latticeconsole.agent.engine.oip.OipEngine;
import io.latticeconsole.agent.engine.oip.OipSettings;
import io.latticeconsole.agent.node.NodeAgent;
import io.latticeconsole.agent.node.NodeSetup;
import io.latticeconsole.agent.node.ServedModel;
import io.latticeconsole.agent.telemetry.TelemetryOptions;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.wire.LatticeConnection;
import io.latticeconsole.wire.StoreWatch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two regions of two agents each with the real engine, a gateway for each region, and a console that was told of the
/// first one only; all in this process, speaking over loopback. The first gateway is the coordinator.
final class RealRegions implements AutoCloseable {
    private static final List<String> REGIONS = List.of("eu", "us");
    private static final List<String> SITES = List.of("par-1", "nyc-1");

    private final Path folder;
    private final List<InetSocketAddress> ports;
    private final List<EmbeddedServer> engines = new ArrayList<>();
    private final List<OipEngine> clients = new ArrayList<>();
    private final List<NodeAgent> agents = new ArrayList<>();
    private final GatewayAgent[] gateways = new GatewayAgent[2];
    final LatticeStore store = LatticeStore.start();
    private final LatticeConnection console;
    final List<ManagedChannel> lattice = new ArrayList<>();
    final List<ManagedChannel> inference = new ArrayList<>();

    RealRegions(Path folder) throws Exception {
        this.folder = folder;
        ports = FreePorts.take("127.0.0.1", 0, 8);
        for (int n = 0; n < 4; n++) {
            engines.add(EmbeddedServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Map.of("v1", Optional.empty(), "v2", Optional.empty()),
                    List.of()));
            clients.add(new OipEngine(connect("127.0.0.1:" + engines.get(n).port()), OipSettings.DEFAULT));
            agents.add(agent(n));
        }
        for (int g = 0; g < 2; g++) {
            startGateway(g);
            lattice.add(connect(FreePorts.text(listen(g))));
            inference.add(connect(FreePorts.text(ports.get(6 + g))));
        }
        console = LatticeConnection.open(List.of(FreePorts.text(listen(0))), "test", store);
    }

    private InetSocketAddress listen(int g) {
        return ports.get(4 + g);
    }

    String address(int g) {
        return FreePorts.text(listen(g));
    }

    /// Nodes 0 and 1 are the first region's, 2 and 3 the second's.
    static String name(int n) {
        return "regions/" + REGIONS.get(n / 2) + "/sites/" + SITES.get(n / 2) + "/nodes/n" + (n % 2 + 1);
    }

    private NodeAgent agent(int n) throws Exception {
        return NodeAgent.start(
                new NodeSetup(
                        "lattices/test",
                        new NodeId(name(n)),
                        ports.get(n),
                        clients.get(n),
                        List.of(new ServedModel(
                                new ModelId("models/" + RealMachines.MODEL),
                                EmbeddedServer.MODEL,
                                RealMachines.request(""))),
                        TelemetryOptions.DEFAULT.withAccelerators(TelemetryOptions.Accelerators.NONE),
                        Protection.LOOPBACK),
                InstantSource.system());
    }

    private String file(int g) {
        int other = 1 - g;
        return """
                role: gateway
                lattice: {code: test, name: Test}
                listen: %s
                inference: %s
                region: {code: %s, name: Here, latitude: 48, longitude: 2}
                coordinator: eu
                sites:
                  - code: %s
                    name: Here
                    tier: edge
                    latitude: 48
                    longitude: 2
                    nodes:
                      - {code: n1, address: '%s', replicas: [minilm]}
                      - {code: n2, address: '%s', replicas: [minilm]}
                peers:
                  - region: {code: %s, name: There, latitude: 40, longitude: -74}
                    address: %s
                    sites:
                      - {code: %s, name: There, tier: edge, latitude: 40, longitude: -74}
                models:
                  - {code: minilm, version: v1, versions: [v1, v2], service-ms: 5, size-mb: 23,
                     objective: {metric: e2e, p95-ms: 5000}}
                """.formatted(
                        address(g),
                        FreePorts.text(ports.get(6 + g)),
                        REGIONS.get(g),
                        SITES.get(g),
                        FreePorts.text(ports.get(2 * g)),
                        FreePorts.text(ports.get(2 * g + 1)),
                        REGIONS.get(other),
                        address(other),
                        SITES.get(other));
    }

    GatewayAgent gateway(int g) {
        return gateways[g];
    }

    void startGateway(int g) throws Exception {
        Path file = Files.writeString(folder.resolve(REGIONS.get(g) + ".yaml"), file(g));
        gateways[g] = GatewayAgent.start(
                GatewaySetup.of((GatewayFile) ConfigReader.read(file), Protection.LOOPBACK, folder),
                InstantSource.system());
    }

    /// Requests that a node's engine has answered.
    long served(int n) throws Exception {
        return clients.get(n).statistics().models().stream()
                .mapToLong(m -> m.succeeded().orElse(0))
                .sum();
    }

    void crash(int n) {
        agents.get(n).close();
    }

    void restart(int n) throws Exception {
        agents.set(n, agent(n));
    }

    ConsoleState await(java.util.function.Predicate<ConsoleState> so) throws Exception {
        return StoreWatch.await(store, so);
    }

    /// Waits until the console sees a node up with all its replicas ready.
    void awaitServing(int n) throws Exception {
        NodeId id = new NodeId(name(n));
        await(state -> {
            Node node = state.lattice().nodes().get(id);
            var replicas = state.lattice().replicasOf(id);
            return node != null
                    && node.health() == Health.UP
                    && !replicas.isEmpty()
                    && replicas.stream().allMatch(r -> r.state() == ReplicaState.READY);
        });
    }

    private static ManagedChannel connect(String address) {
        return NettyChannelBuilder.forTarget(address, InsecureChannelCredentials.create())
                .build();
    }

    @Override
    public void close() {
        console.close();
        store.close();
        inference.forEach(ManagedChannel::shutdownNow);
        lattice.forEach(ManagedChannel::shutdownNow);
        for (GatewayAgent gateway : gateways) {
            gateway.close();
        }
        agents.forEach(NodeAgent::close);
        clients.forEach(OipEngine::close);
        engines.forEach(EmbeddedServer::close);
    }
}
