package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.proto.v1.FaultKind;
import io.latticeconsole.proto.v1.FaultSpec;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.HoldOperationRequest;
import io.latticeconsole.proto.v1.InjectFaultRequest;
import io.latticeconsole.proto.v1.ListFaultsRequest;
import io.latticeconsole.proto.v1.ListOperationsRequest;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.proto.v1.SetClockRequest;
import io.latticeconsole.proto.v1.StartOperationRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls that are well formed and refused all the same, with the reason and who is meant.
@Timeout(60)
class RefusedCallsTest {
    private static final String ID = UUID.randomUUID().toString();

    @Test
    void whatIsNotHereIsNotFoundAndSaysWhoseItIs() throws Exception {
        try (Served served = new Served(12)) {
            var nobody = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.getNode(GetNodeRequest.newBuilder()
                            .setName("regions/eu/sites/s-0/nodes/n77")
                            .build()));
            assertEquals(Status.Code.NOT_FOUND, nobody.getStatus().getCode());
            var other = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.getNode(GetNodeRequest.newBuilder()
                            .setName("regions/us/sites/nyc-1/nodes/n1")
                            .build()));
            assertEquals(Status.Code.NOT_FOUND, other.getStatus().getCode());
            assertTrue(String.valueOf(other.getMessage()).contains("gateways/us at 127.0.0.1:1"), other.getMessage());
            var operation = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.operations.holdOperation(HoldOperationRequest.newBuilder()
                            .setName("operations/op-9")
                            .build()));
            assertEquals(
                    "OPERATION_UNKNOWN",
                    Failures.detail(operation, ErrorInfo.class).getReason());
        }
    }

    @Test
    void anUnarmedStartFailsAsAPrecondition() throws Exception {
        try (Served served = new Served(12)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.operations.startOperation(StartOperationRequest.newBuilder()
                            .setArmToken("mine")
                            .setRequestId(ID)
                            .build()));
            assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
            var violation = Failures.detail(refused, PreconditionFailure.class).getViolations(0);
            assertEquals("NOT_ARMED", violation.getType());
            assertEquals("mine", violation.getSubject());
        }
    }

    @Test
    void onlyTheCoordinatorTakesOperations() throws Exception {
        try (Served served =
                new Served(new ScriptedGateway(12, SmallLattice.US, Mode.EXERCISE), EndpointLimits.DEFAULT)) {
            for (Runnable call : List.<Runnable>of(
                    () -> served.operations.planOperation(PlanOperationRequest.getDefaultInstance()),
                    () -> served.operations.listOperations(ListOperationsRequest.getDefaultInstance()),
                    () -> served.operations.startOperation(StartOperationRequest.getDefaultInstance()))) {
                StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call::run);
                assertEquals(
                        Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
                ErrorInfo info = Failures.detail(refused, ErrorInfo.class);
                assertEquals("NOT_COORDINATOR", info.getReason());
                assertEquals("gateways/us", info.getMetadataOrThrow("coordinator"));
                assertEquals("127.0.0.1:1", info.getMetadataOrThrow("address"));
            }
        }
    }

    @Test
    void withoutTheCoordinatorOperationsAreUnavailableForNow() throws Exception {
        ScriptedGateway gateway = new ScriptedGateway(12, SmallLattice.US, Mode.EXERCISE);
        gateway.unreachable = List.of(SmallLattice.US);
        try (Served served = new Served(gateway, EndpointLimits.DEFAULT)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.operations.planOperation(PlanOperationRequest.getDefaultInstance()));
            assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
            assertEquals(
                    "COORDINATOR_UNREACHABLE",
                    Failures.detail(refused, ErrorInfo.class).getReason());
            assertEquals(
                    1,
                    Failures.detail(refused, com.google.rpc.RetryInfo.class)
                            .getRetryDelay()
                            .getSeconds());
        }
    }

    @Test
    void faultsAreRefusedInProduction() throws Exception {
        try (Served served =
                new Served(new ScriptedGateway(12, SmallLattice.EU, Mode.PRODUCTION), EndpointLimits.DEFAULT)) {
            for (Runnable call : List.<Runnable>of(
                    () -> served.exercise.injectFault(crash(ID)),
                    () -> served.exercise.listFaults(ListFaultsRequest.getDefaultInstance()),
                    () -> served.exercise.setClock(SetClockRequest.getDefaultInstance()))) {
                StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call::run);
                assertEquals(
                        Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
                assertEquals(
                        "NOT_AN_EXERCISE",
                        Failures.detail(refused, ErrorInfo.class).getReason());
            }
        }
    }

    @Test
    void theOperatorTravelsAsMetadataAndIsUnverified() throws Exception {
        try (Served served = new Served(12)) {
            served.exercise.injectFault(crash(ID));
            Metadata headers = new Metadata();
            headers.put(CallerContext.OPERATOR, "Grace Hopper");
            var named = served.exercise.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
            assertEquals("anonymous", named.injectFault(crash(ID)).getOperator(), "the same id, the first answer");
            assertEquals(
                    "Grace Hopper",
                    named.injectFault(crash(UUID.randomUUID().toString())).getOperator());
            assertEquals(new Caller("Grace Hopper", false), served.gateway.callers.getLast());
            headers.put(CallerContext.OPERATOR, "x".repeat(65));
            var tooLong = assertThrows(StatusRuntimeException.class, () -> named.injectFault(crash(ID)));
            assertEquals(
                    "lattice-operator",
                    Failures.detail(tooLong, BadRequest.class)
                            .getFieldViolations(0)
                            .getField());
        }
    }

    private static InjectFaultRequest crash(String requestId) {
        return InjectFaultRequest.newBuilder()
                .setRequestId(requestId)
                .setSpec(FaultSpec.newBuilder()
                        .setKind(FaultKind.FAULT_KIND_NODE_CRASH)
                        .addTargets(SmallLattice.nodeId(1).name()))
                .build();
    }
}
