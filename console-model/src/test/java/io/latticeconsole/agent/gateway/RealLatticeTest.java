package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ModelMetadataRequest;
import io.latticeconsole.proto.inference.ModelMetadataResponse;
import io.latticeconsole.proto.v1.AdminState;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.Health;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.Mode;
import io.latticeconsole.proto.v1.Node;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.OperationState;
import io.latticeconsole.proto.v1.RedeploySpec;
import io.latticeconsole.proto.v1.RestoreSpec;
import io.latticeconsole.telemetry.LedgerTotals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real inference over two agents, ordered and watched from outside with the contract's messages only.
@Timeout(180)
class RealLatticeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String V2 = "v2";

    @TempDir
    Path folder;

    private RealMachines machines;
    private LatticeServiceGrpc.LatticeServiceBlockingStub lattice;
    private Orders orders;
    private GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub inference;

    @BeforeEach
    void start() throws Exception {
        machines = new RealMachines(folder);
        lattice = LatticeServiceGrpc.newBlockingStub(machines.lattice);
        orders = new Orders(machines.lattice);
        inference = GRPCInferenceServiceGrpc.newBlockingStub(machines.inference);
        machines.awaitServing(0);
        machines.awaitServing(1);
    }

    @AfterEach
    void stop() {
        machines.close();
    }

    @Test
    void requestsAreAnsweredByTheEngineAndCounted() throws InterruptedException {
        ModelInferResponse answer = infer();
        assertEquals(384, answer.getOutputs(0).getShape(1));
        assertEquals("minilm", answer.getModelName());
        assertEquals("v1", answer.getModelVersion());
        assertEquals(Status.Code.UNAVAILABLE, refusal(RealMachines.request("gpt-9")));
        ModelInferRequest wrong =
                ModelInferRequest.newBuilder().setModelName(RealMachines.MODEL).build();
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal(wrong));
        LedgerTotals ledger = machines.gateway.ledger();
        assertEquals(2, ledger.finished(), "what the engine refuses is answered, and by one engine only");
        assertEquals(0, ledger.retried());
        assertTrue(machines.gateway.ledgerBalances());
        assertEquals(
                Mode.MODE_PRODUCTION,
                lattice.getLattice(GetLatticeRequest.getDefaultInstance()).getMode());
        assertEquals(0, machines.gateway.failures());
    }

    @Test
    void whoComesWhenAllReplicasAreFullIsToldSoAndTheOthersAreAnswered() throws Exception {
        var asking = GRPCInferenceServiceGrpc.newFutureStub(machines.inference);
        List<Future<ModelInferResponse>> burst = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            burst.add(asking.modelInfer(RealMachines.request(RealMachines.MODEL)));
        }
        int answered = 0;
        int refused = 0;
        for (Future<ModelInferResponse> one : burst) {
            try {
                one.get(60, TimeUnit.SECONDS);
                answered++;
            } catch (ExecutionException e) {
                Status status = Status.fromThrowable(e);
                assertEquals(Status.Code.RESOURCE_EXHAUSTED, status.getCode(), status::toString);
                String why = String.valueOf(status.getDescription());
                assertTrue(why.contains("2 of 2 ready replicas of minilm have as many requests as they take"), why);
                refused++;
            }
        }
        assertTrue(answered >= 80, () -> "both take what they can: 40 each at least");
        assertTrue(refused > 0, "no more than that at once");
        LedgerTotals ledger = machines.gateway.ledger();
        assertEquals(answered, ledger.finished());
        assertEquals(refused, ledger.rejected());
        assertTrue(machines.gateway.ledgerBalances());
        assertEquals(384, infer().getOutputs(0).getShape(1));
    }

    @Test
    void asManyCallersAsTheReplicasTakeAreAllAnsweredHoweverLong() throws Exception {
        var asking = GRPCInferenceServiceGrpc.newFutureStub(machines.inference);
        List<Future<ModelInferResponse>> callers = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            if (callers.size() == 80) {
                callers.removeFirst().get(60, TimeUnit.SECONDS);
            }
            callers.add(asking.modelInfer(RealMachines.request(RealMachines.MODEL)));
        }
        for (Future<ModelInferResponse> one : callers) {
            one.get(60, TimeUnit.SECONDS);
        }
        LedgerTotals ledger = machines.gateway.ledger();
        assertEquals(4_000, ledger.finished());
        assertEquals(0, ledger.rejected());
        assertTrue(machines.gateway.ledgerBalances());
    }

    @Test
    void aClientIsToldWhatTensorsAModelTakes() {
        ModelMetadataRequest.Builder asked = ModelMetadataRequest.newBuilder().setName(RealMachines.MODEL);
        ModelMetadataResponse told = inference.modelMetadata(asked.build());
        assertEquals(RealMachines.MODEL, told.getName(), "by the lattice's name, not the engine's");
        assertEquals(List.of("v1"), told.getVersionsList());
        assertEquals("text", told.getInputs(0).getName());
        assertEquals(infer().getOutputs(0).getName(), told.getOutputs(0).getName());
        for (ModelMetadataRequest unknown : List.of(
                asked.setVersion("v9").build(),
                asked.setName("gpt-9").clearVersion().build())) {
            StatusRuntimeException refused =
                    assertThrows(StatusRuntimeException.class, () -> inference.modelMetadata(unknown));
            assertEquals(Status.Code.NOT_FOUND, refused.getStatus().getCode(), refused::toString);
        }
        machines.crash(0);
        machines.crash(1);
        await(
                "all are down",
                () -> node(0).getHealth() == Health.HEALTH_DOWN && node(1).getHealth() == Health.HEALTH_DOWN);
        assertEquals(
                Status.Code.NOT_FOUND,
                assertThrows(
                                StatusRuntimeException.class,
                                () -> inference.modelMetadata(ModelMetadataRequest.newBuilder()
                                        .setName(RealMachines.MODEL)
                                        .build()))
                        .getStatus()
                        .getCode());
    }

    @Test
    void noRequestFailsWhenAnAgentDiesAndItServesAgainAfterItsRestart() throws Exception {
        for (int i = 0; i < 40; i++) {
            if (i == 10) {
                machines.crash(1);
            }
            infer();
        }
        await("its loss is told", () -> node(1).getHealth() == Health.HEALTH_DOWN);
        assertTrue(lattice.listEvents(ListEventsRequest.getDefaultInstance()).getEventsList().stream()
                .anyMatch(e -> e.getType().equals("NODE_DOWN") && e.getSubject().equals(RealMachines.name(1))));
        machines.restart(1);
        machines.awaitServing(1);
        LedgerTotals ledger = machines.gateway.ledger();
        assertEquals(40, ledger.finished());
        assertEquals(0, ledger.lost());
        assertTrue(machines.gateway.ledgerBalances());
    }

    @Test
    void aDrainReachesZeroInFlightWithoutAbortAndIsRestored() throws Exception {
        Operation drain = orders.start(OperationSpec.newBuilder()
                .setDrain(DrainSpec.newBuilder().addTargets(RealMachines.name(1)))
                .build());
        await("it ended", () -> ended(infer(drain)));
        assertEquals(
                OperationState.OPERATION_STATE_SUCCEEDED, orders.read(drain).getState(), orders.read(drain)::toString);
        assertEquals(AdminState.ADMIN_STATE_DRAINED, node(1).getAdminState());
        Operation restore = orders.start(OperationSpec.newBuilder()
                .setRestore(RestoreSpec.newBuilder()
                        .addTargets(RealMachines.name(1))
                        .setSlowStart(com.google.protobuf.Duration.newBuilder().setSeconds(3)))
                .build());
        await("it ended", () -> ended(infer(restore)));
        assertEquals(
                OperationState.OPERATION_STATE_SUCCEEDED,
                orders.read(restore).getState(),
                orders.read(restore)::toString);
        assertEquals(AdminState.ADMIN_STATE_SERVING, node(1).getAdminState());
        assertEquals(0, machines.gateway.ledger().aborted());
        assertTrue(machines.gateway.ledgerBalances());
    }

    @Test
    void aNewVersionIsRolledOutAndABrokenOneRolledBack() {
        Operation good = orders.start(redeploy(V2));
        await("it ended", () -> ended(infer(good)));
        assertEquals(
                OperationState.OPERATION_STATE_SUCCEEDED, orders.read(good).getState(), orders.read(good)::toString);
        assertEquals(V2, infer().getModelVersion());
        Operation bad = orders.start(redeploy("broken"));
        await("it ended", () -> ended(infer(bad)));
        assertEquals(
                OperationState.OPERATION_STATE_ROLLED_BACK, orders.read(bad).getState(), orders.read(bad)::toString);
        assertEquals(V2, infer().getModelVersion());
    }

    private static OperationSpec redeploy(String version) {
        return OperationSpec.newBuilder()
                .setRedeploy(RedeploySpec.newBuilder()
                        .setModel("models/" + RealMachines.MODEL)
                        .setVersion(version)
                        .setMaxTtftFactor(50)
                        .setBake(com.google.protobuf.Duration.newBuilder().setSeconds(3)))
                .build();
    }

    /// One more real request, then the operation as it is now.
    private Operation infer(Operation operation) {
        infer();
        return orders.read(operation);
    }

    private static boolean ended(Operation operation) {
        return operation.getState() != OperationState.OPERATION_STATE_RUNNING;
    }

    private ModelInferResponse infer() {
        return inference.withDeadlineAfter(10, TimeUnit.SECONDS).modelInfer(RealMachines.request(RealMachines.MODEL));
    }

    private Status.Code refusal(ModelInferRequest request) {
        return assertThrows(StatusRuntimeException.class, () -> inference.modelInfer(request))
                .getStatus()
                .getCode();
    }

    private Node node(int n) {
        return lattice.getNode(
                GetNodeRequest.newBuilder().setName(RealMachines.name(n)).build());
    }

    private static void await(String what, BooleanSupplier so) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, () -> "not in time: " + what);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
