package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.latticeconsole.agent.node.Hardware;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.v1.AdminState;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.Event;
import io.latticeconsole.proto.v1.GetMachineRequest;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.Health;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListModelsRequest;
import io.latticeconsole.proto.v1.Node;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.OperationState;
import io.latticeconsole.proto.v1.RedeploySpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that starts anew finds a lattice that went on without it.
@Timeout(180)
class GatewayRestartTest {
    @TempDir
    Path folder;

    private RealMachines machines;
    private LatticeServiceGrpc.LatticeServiceBlockingStub lattice;
    private Orders orders;

    @BeforeEach
    void start() throws Exception {
        machines = new RealMachines(folder);
        lattice = LatticeServiceGrpc.newBlockingStub(machines.lattice).withWaitForReady();
        orders = new Orders(machines.lattice);
        machines.awaitServing(0);
        machines.awaitServing(1);
    }

    @AfterEach
    void stop() {
        machines.close();
    }

    @Test
    void whatRunsIsTakenOverAndWhatWasDecidedHolds() throws Exception {
        orders.succeed(
                OperationSpec.newBuilder()
                        .setRedeploy(RedeploySpec.newBuilder()
                                .setModel("models/" + RealMachines.MODEL)
                                .setVersion("v2")
                                .setMaxTtftFactor(50)
                                .setBake(com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(1)))
                        .build(),
                () -> infer());
        orders.succeed(
                OperationSpec.newBuilder()
                        .setDrain(DrainSpec.newBuilder().addTargets(RealMachines.name(1)))
                        .build(),
                () -> infer());
        long before = newestEvent();
        machines.restartGateway(UnaryOperator.identity());
        machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(0) + "/replicas/", before);
        machines.awaitServing(0);
        assertEquals("v2", infer());
        assertEquals(
                "v2",
                lattice.listModels(ListModelsRequest.getDefaultInstance())
                        .getModels(0)
                        .getVersion());
        machines.awaitHeard(1);
        assertEquals(AdminState.ADMIN_STATE_DRAINED, node(1).getAdminState());
        assertTrue(events(before, "REPLICA_READY").isEmpty(), "nothing was loaded again");
        assertTrue(events(before, "REPLICA_FAILED").isEmpty());
        assertEquals(0, machines.gateway.failures());
    }

    @Test
    void whatRunsOfAnUnknownModelIsLeftAlone() throws Exception {
        long before = newestEvent();
        machines.restartGateway(
                text -> text.replace("replicas: [minilm]", "replicas: []").replace("code: minilm", "code: other"));
        EventRecord unknown = machines.awaitEvent("REPLICA_UNKNOWN", RealMachines.name(0), before);
        assertTrue(unknown.message().contains("runs minilm v1 as minilm-1"), unknown.message());
        machines.awaitHeard(1);
        before = newestEvent();
        machines.restartGateway(UnaryOperator.identity());
        machines.awaitEvent("REPLICA_TAKEN_OVER", RealMachines.name(0), before);
        machines.awaitServing(0);
        assertEquals("v1", infer(), "it still runs");
    }

    @Test
    void whatAMachineHasItTellsItself() throws Exception {
        var agent = machines.agent(0, io.grpc.InsecureChannelCredentials.create());
        var has = Hardware.nodeClass(NodeServiceGrpc.newBlockingStub(agent)
                        .getMachine(GetMachineRequest.getDefaultInstance())
                        .getAcceleratorsList())
                .orElseThrow();
        agent.shutdownNow();
        assertEquals(has.type().memoryBytes(), node(0).getAccelerators(0).getMemoryBytes(), "the file says nothing");
        assertEquals("CPU", node(0).getAccelerators(0).getProduct());
        long before = newestEvent();
        machines.restartGateway(text -> text.replace(
                "replicas: [minilm]}",
                "replicas: [minilm], accelerators: "
                        + "{count: 2, product: NVIDIA L4, memory-gib: 24, power-limit-watts: 72}}"));
        EventRecord differs = machines.awaitEvent("NODE_DIFFERS", RealMachines.name(0), before);
        assertTrue(differs.message().contains("the configuration says 2 × NVIDIA L4 of 24 GiB"), differs.message());
        machines.awaitServing(0);
        assertEquals(1, node(0).getAcceleratorsCount());
        assertEquals("CPU", node(0).getAccelerators(0).getProduct());
        assertEquals("v1", infer());
    }

    @Test
    void decisionsThatCannotBeReadAreToldAndNothingElseHappens() throws Exception {
        long before = newestEvent();
        Files.writeString(folder.resolve("state/eu-decisions.json"), "{\"nodes\": 7");
        machines.restartGateway(UnaryOperator.identity());
        machines.awaitEvent("DECISIONS_LOST", "gateways/eu", before);
        machines.awaitServing(0);
        assertEquals(Health.HEALTH_UP, node(0).getHealth());
        assertEquals("v1", infer());
    }

    /// A drain under way when its coordinator ends: the next one says so, and what to do.
    @Test
    void whatWasUnderWayIsToldAsCutShortAndOrderedAnew() throws Exception {
        Operation done = succeeded(orders.drain(RealMachines.name(1)));
        succeeded(orders.restore(RealMachines.name(1)));
        Operation cut = orders.drain(RealMachines.name(0));
        while (node(0).getAdminState() != AdminState.ADMIN_STATE_DRAINING) {
            infer();
        }
        long before = newestEvent();
        machines.restartGateway(UnaryOperator.identity());
        EventRecord failed = machines.awaitEvent("OPERATION_FAILED", RealMachines.name(0), before);
        assertTrue(failed.message().contains("COORDINATOR_LOST"), failed.message());
        Operation told = orders.read(cut);
        assertEquals(OperationState.OPERATION_STATE_FAILED, told.getState());
        assertEquals("COORDINATOR_LOST", told.getFailureReason());
        assertTrue(told.hasEndTime());
        assertEquals("test", told.getReason());
        assertEquals(OperationState.OPERATION_STATE_SUCCEEDED, orders.read(done).getState(), "what had ended");
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> orders.cancel(cut));
        assertTrue(String.valueOf(refused.getMessage()).contains("has ended: FAILED"), refused.getMessage());
        machines.awaitHeard(0);
        assertEquals(AdminState.ADMIN_STATE_DRAINING, node(0).getAdminState(), "nobody undoes what was ordered");
        Operation anew = succeeded(orders.restore(RealMachines.name(0)));
        assertEquals("operations/op-4", anew.getName(), "no name means two operations");
        assertEquals(AdminState.ADMIN_STATE_SERVING, node(0).getAdminState());
        assertEquals(0, machines.gateway.failures());
    }

    private Operation succeeded(Operation operation) {
        while (!orders.ended(operation)) {
            infer();
        }
        Operation ended = orders.read(operation);
        assertEquals(OperationState.OPERATION_STATE_SUCCEEDED, ended.getState(), ended::toString);
        return ended;
    }

    @Test
    void operationsThatCannotBeReadAreToldAndNothingElseHappens() throws Exception {
        long before = newestEvent();
        Files.writeString(folder.resolve("state/eu-operations.pb"), "no message");
        machines.restartGateway(UnaryOperator.identity());
        machines.awaitEvent("OPERATIONS_LOST", "gateways/eu", before);
        machines.awaitServing(0);
        assertEquals("v1", infer());
    }

    private long newestEvent() {
        return lattice.listEvents(ListEventsRequest.newBuilder().setNewest(1).build())
                .getEvents(0)
                .getEventSeq();
    }

    private List<Event> events(long after, String type) {
        return lattice
                .listEvents(ListEventsRequest.newBuilder().setAfterSeq(after).build())
                .getEventsList()
                .stream()
                .filter(e -> e.getType().equals(type))
                .toList();
    }

    private Node node(int n) {
        return lattice.getNode(
                GetNodeRequest.newBuilder().setName(RealMachines.name(n)).build());
    }

    /// The version that answered.
    private String infer() {
        return GRPCInferenceServiceGrpc.newBlockingStub(machines.inference)
                .withWaitForReady()
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .modelInfer(RealMachines.request(RealMachines.MODEL))
                .getModelVersion();
    }
}
