package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
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
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationState;
import io.latticeconsole.proto.v1.RetireReplicaRequest;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two gateways whose files claim one site: its machines obey one of them, the other says so, and everything else goes
/// on at both.
@Timeout(180)
class TwoClaimsTest {
    private static final SiteId CLAIMED = new SiteId("regions/eu/sites/par-1");
    private static final NodeId OTHER = new NodeId("regions/eu/sites/lyo-1/nodes/n1");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private GatewayAgent gateway(InetSocketAddress listen, InetSocketAddress inference, String addresses, long term)
            throws Exception {
        String text = """
                role: gateway
                lattice: {code: test, name: Test}
                ownership-term: %d
                listen: %s
                inference: %s
                region: {code: eu, name: Europe, latitude: 48, longitude: 2}
                sites:
                %s
                models:
                  - {code: minilm, version: v1, service-ms: 5, size-mb: 23, objective: {metric: e2e, p95-ms: 5000}}
                """.formatted(term, FreePorts.text(listen), FreePorts.text(inference), addresses);
        Path file = Files.writeString(folder.resolve("other.yaml"), text);
        return GatewayAgent.start(
                GatewaySetup.of((GatewayFile) ConfigReader.read(file), Protection.LOOPBACK, folder),
                InstantSource.system());
    }

    private static String site(String code, List<String> agents) {
        StringBuilder text = new StringBuilder(
                "  - {code: " + code + ", name: There, tier: edge, latitude: 48, longitude: 2, nodes: [");
        for (int n = 0; n < agents.size(); n++) {
            text.append("{code: n%d, address: '%s', replicas: [minilm]}, ".formatted(n + 1, agents.get(n)));
        }
        return text + "]}\n";
    }

    private static NodeAgent agent(InetSocketAddress at, OipEngine engine) throws Exception {
        ServedModel model = new ServedModel(
                new ModelId("models/" + RealMachines.MODEL), EmbeddedServer.MODEL, RealMachines.request(""));
        TelemetryOptions nothing = TelemetryOptions.DEFAULT.withAccelerators(TelemetryOptions.Accelerators.NONE);
        return NodeAgent.start(
                new NodeSetup("lattices/test", OTHER, at, engine, List.of(model), nothing, Protection.LOOPBACK),
                InstantSource.system());
    }

    private static ManagedChannel connect(String address) {
        return NettyChannelBuilder.forTarget(address, InsecureChannelCredentials.create())
                .build();
    }

    private static boolean is(ConsoleState state, NodeId id, Health health, String reason) {
        var node = state.lattice().nodes().get(id);
        return node != null && node.health() == health && node.healthReason().contains(reason);
    }

    private static long term(ConsoleState state) {
        var site = state.lattice().sites().get(CLAIMED);
        return site == null ? -1 : site.ownershipTerm();
    }

    private static void drain(ManagedChannel coordinator, String node) {
        Orders orders = new Orders(coordinator);
        Operation drain = orders.drain(node);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!orders.ended(drain)) {
            assertTrue(System.nanoTime() < until, () -> orders.read(drain).toString());
            LockSupport.parkNanos(20_000_000);
        }
        assertEquals(
                OperationState.OPERATION_STATE_SUCCEEDED, orders.read(drain).getState());
    }

    private static void infer(ManagedChannel ingress) {
        GRPCInferenceServiceGrpc.newBlockingStub(ingress)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .modelInfer(RealMachines.request(RealMachines.MODEL));
    }

    @Test
    void theSecondIsRefusedUntilTheFirstIsGoneAndAHigherTermTakesTheSiteBack() throws Exception {
        List<InetSocketAddress> ports = FreePorts.take("127.0.0.1", 0, 5);
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        NodeId n1 = new NodeId(RealMachines.name(0));
        try (RealMachines first = new RealMachines(folder);
                EmbeddedServer engine = EmbeddedServer.start(anywhere, Map.of("v1", Optional.empty()), List.of());
                OipEngine client = new OipEngine(connect("127.0.0.1:" + engine.port()), OipSettings.DEFAULT);
                NodeAgent _ = agent(ports.get(0), client)) {
            first.awaitServing(0);
            first.awaitServing(1);
            String sites = site("par-1", List.of(first.agentAddress(0), first.agentAddress(1)));
            String more = site("lyo-1", List.of(FreePorts.text(ports.get(0))));
            ManagedChannel ingress = connect(FreePorts.text(ports.get(2)));
            ManagedChannel orders = connect(FreePorts.text(ports.get(1)));
            try (LatticeStore store = LatticeStore.start();
                    GatewayAgent second = gateway(ports.get(1), ports.get(2), sites + more, 1);
                    LatticeConnection _ =
                            LatticeConnection.open(List.of(FreePorts.text(ports.get(1))), "test", store)) {
                StoreWatch.await(
                        store,
                        s -> is(s, OTHER, Health.UP, "")
                                && is(s, n1, Health.DOWN, "claimed by gateways/eu under term 1")
                                && term(s) == 0);
                StoreWatch.await(
                        store,
                        s -> s.events().stream()
                                .anyMatch(e -> e.event().type().equals("NODE_CLAIMED")
                                        && e.event().subject().equals(n1.name())));
                StatusRuntimeException refused = assertThrows(
                        StatusRuntimeException.class,
                        () -> NodeServiceGrpc.newBlockingStub(first.agent(0, InsecureChannelCredentials.create()))
                                .retireReplica(RetireReplicaRequest.newBuilder()
                                        .setCode("minilm-1")
                                        .build()));
                assertEquals(
                        Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
                infer(first.inference);
                StoreWatch.await(
                        store,
                        s -> s.lattice().replicasOf(OTHER).stream()
                                .anyMatch(r -> r.state() == io.latticeconsole.lattice.ReplicaState.READY));
                infer(ingress);
                drain(first.lattice, RealMachines.name(1));
                drain(orders, OTHER.name());

                first.gateway.close();
                StoreWatch.await(store, s -> is(s, n1, Health.UP, "") && term(s) == 1);
                try (GatewayAgent back = gateway(ports.get(3), ports.get(4), sites, 2)) {
                    StoreWatch.await(
                            store, s -> is(s, n1, Health.DOWN, "claimed by gateways/eu under term 2") && term(s) == 0);
                    assertEquals(0, back.failures());
                }
                assertEquals(0, second.failures());
            } finally {
                ingress.shutdownNow();
                orders.shutdownNow();
            }
        }
    }
}
