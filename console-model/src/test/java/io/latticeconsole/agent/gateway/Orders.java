package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.CancelOperationRequest;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.GetOperationRequest;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.OperationState;
import io.latticeconsole.proto.v1.Plan;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.proto.v1.RestoreSpec;
import io.latticeconsole.proto.v1.StartOperationRequest;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// Orders to a coordinator, planned, armed and started with the contract's messages.
final class Orders {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final com.google.protobuf.Duration SLOW_START =
            com.google.protobuf.Duration.newBuilder().setSeconds(3).build();

    private final OperationServiceGrpc.OperationServiceBlockingStub operations;

    Orders(ManagedChannel coordinator) {
        operations = OperationServiceGrpc.newBlockingStub(coordinator);
    }

    Operation drain(String node) {
        return start(OperationSpec.newBuilder()
                .setDrain(DrainSpec.newBuilder().addTargets(node))
                .build());
    }

    Operation restore(String node) {
        return start(OperationSpec.newBuilder()
                .setRestore(RestoreSpec.newBuilder().addTargets(node).setSlowStart(SLOW_START))
                .build());
    }

    /// Only asks what a drain would do.
    Plan plan(String node) {
        return operations.planOperation(PlanOperationRequest.newBuilder()
                .setSpec(OperationSpec.newBuilder()
                        .setDrain(DrainSpec.newBuilder().addTargets(node)))
                .build());
    }

    /// Whether the coordinator has heard of a node; another gateway's may be on screen before.
    boolean knows(String node) {
        try {
            plan(node);
            return true;
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }

    Operation start(OperationSpec spec) {
        String plan = operations
                .planOperation(PlanOperationRequest.newBuilder().setSpec(spec).build())
                .getPlanHash();
        String token = operations
                .armOperation(ArmOperationRequest.newBuilder().setPlanHash(plan).build())
                .getArmToken();
        return operations.startOperation(StartOperationRequest.newBuilder()
                .setArmToken(token)
                .setRequestId(UUID.randomUUID().toString())
                .setReason("test")
                .setAcceptRisk(true)
                .build());
    }

    Operation read(Operation operation) {
        return operations.getOperation(
                GetOperationRequest.newBuilder().setName(operation.getName()).build());
    }

    Operation cancel(Operation operation) {
        return operations.cancelOperation(CancelOperationRequest.newBuilder()
                .setName(operation.getName())
                .setRequestId(UUID.randomUUID().toString())
                .build());
    }

    boolean ended(Operation operation) {
        return read(operation).getState() != OperationState.OPERATION_STATE_RUNNING;
    }

    /// Starts it and has it end well. @param meanwhile done again and again until then
    void succeed(OperationSpec spec, Runnable meanwhile) {
        Operation operation = start(spec);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!ended(operation)) {
            assertTrue(System.nanoTime() < until, () -> "not in time: " + read(operation));
            meanwhile.run();
            LockSupport.parkNanos(20_000_000);
        }
        assertEquals(OperationState.OPERATION_STATE_SUCCEEDED, read(operation).getState(), read(operation)::toString);
    }
}
