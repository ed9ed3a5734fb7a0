package io.latticeconsole.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.agent.engine.embedded.EmbeddedServer;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.wire.LatticeConnection;
import io.latticeconsole.wire.StoreWatch;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One machine, one file, one process: a console connects to it, sees the machine and drains it.
@Timeout(120)
class OneMachineTest {
    private static final int SECONDS = 30;
    private static final NodeId NODE = new NodeId("regions/eu/sites/par-1/nodes/n1");

    @TempDir
    Path folder;

    private Path file(List<InetSocketAddress> ports, int engine) throws Exception {
        return Files.writeString(folder.resolve("node.yaml"), """
                role: node
                lattice: desk
                node: %s
                listen: %s
                telemetry: {accelerators: none}
                engine: {kind: open-inference, address: '127.0.0.1:%d'}
                models:
                  - {code: minilm, engine-name: all-minilm-l6-v2}
                gateway:
                  listen: %s
                  inference: %s
                  latitude: 48.9
                  longitude: 2.3
                  models:
                    - {code: minilm, version: v1, service-ms: 5, size-mb: 23, objective: {metric: e2e, p95-ms: 5000}}
                """.formatted(
                        NODE,
                        FreePorts.text(ports.get(0)),
                        engine,
                        FreePorts.text(ports.get(1)),
                        FreePorts.text(ports.get(2))));
    }

    private static void drain(LatticeOrders orders, LatticeStore store) throws Exception {
        Plan plan = orders.plan(new OperationSpec.Drain(List.of(NODE), null, DeadlinePolicy.EXTEND))
                .get(SECONDS, TimeUnit.SECONDS);
        LatticeOrders.Armed armed = orders.arm(plan.hash()).get(SECONDS, TimeUnit.SECONDS);
        Operation drain = orders.start(armed, "test", true).get(SECONDS, TimeUnit.SECONDS);
        var ended = StoreWatch.await(store, s -> {
            Operation now = s.operations().get(drain.id());
            return now != null && now.state() != OperationState.RUNNING;
        });
        Operation now = Objects.requireNonNull(ended.operations().get(drain.id()));
        assertEquals(OperationState.SUCCEEDED, now.state(), now::toString);
    }

    @Test
    void itsOwnFileIsAllThatAConsoleNeeds() throws Exception {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<InetSocketAddress> ports = FreePorts.take("127.0.0.1", 0, 3);
        try (EmbeddedServer engine = EmbeddedServer.start(anywhere, Map.of("v1", Optional.empty()), List.of())) {
            Path file = file(ports, engine.port());
            try (AgentProcess process = AgentProcess.start(ConfigReader.read(file), folder);
                    LatticeStore store = LatticeStore.start();
                    LatticeConnection console =
                            LatticeConnection.open(List.of(FreePorts.text(ports.get(1))), "ana", store)) {
                assertTrue(
                        process.lines().contains("gateways/eu serves lattice.v1 at " + FreePorts.text(ports.get(1))),
                        process.lines()::toString);
                StoreWatch.await(store, s -> {
                    var node = s.lattice().nodes().get(NODE);
                    return node != null
                            && node.health() == Health.UP
                            && s.lattice().replicasOf(NODE).stream().anyMatch(r -> r.state() == ReplicaState.READY);
                });
                List<String> said = new ArrayList<>();
                assertTrue(AgentCheck.run(ConfigReader.read(file), folder, said::add), said::toString);
                assertTrue(said.stream().anyMatch(l -> l.contains("alone is a lattice")), said::toString);
                drain(console.orders(), store);
                StoreWatch.await(store, s -> {
                    var node = s.lattice().nodes().get(NODE);
                    return node != null && node.adminState() == AdminState.DRAINED;
                });
            }
        }
    }
}
