package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.ClearFaultRequest;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.FaultKind;
import io.latticeconsole.proto.v1.FaultSpec;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.GetOperationRequest;
import io.latticeconsole.proto.v1.HoldOperationRequest;
import io.latticeconsole.proto.v1.InjectFaultRequest;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListFaultsRequest;
import io.latticeconsole.proto.v1.ListNodesRequest;
import io.latticeconsole.proto.v1.ListOperationsRequest;
import io.latticeconsole.proto.v1.ListRoutesRequest;
import io.latticeconsole.proto.v1.OperationSpec;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.proto.v1.QuerySeriesRequest;
import io.latticeconsole.proto.v1.Resume;
import io.latticeconsole.proto.v1.SetClockRequest;
import io.latticeconsole.proto.v1.StartOperationRequest;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BadInputTest {
    private record BadCall(String field, Consumer<Served> call) {}

    private static final String ID = UUID.randomUUID().toString();

    /// Every call with the field that its refusal has to name.
    private static final List<BadCall> INVALID = List.of(
            bad(
                    "page_size",
                    s -> s.lattice.listNodes(
                            ListNodesRequest.newBuilder().setPageSize(-1).build())),
            bad(
                    "page_token",
                    s -> s.lattice.listNodes(
                            ListNodesRequest.newBuilder().setPageToken("%%%").build())),
            bad(
                    "page_token",
                    s -> s.lattice.listNodes(
                            ListNodesRequest.newBuilder().setPageToken("bm8").build())),
            bad(
                    "page_token",
                    s -> s.lattice.listNodes(ListNodesRequest.newBuilder()
                            .setFilter("health=UP")
                            .setPageToken(s.lattice
                                    .listNodes(ListNodesRequest.newBuilder()
                                            .setPageSize(1)
                                            .build())
                                    .getNextPageToken())
                            .build())),
            bad(
                    "filter",
                    s -> s.lattice.listNodes(
                            ListNodesRequest.newBuilder().setFilter("health").build())),
            bad(
                    "filter",
                    s -> s.lattice.listNodes(ListNodesRequest.newBuilder()
                            .setFilter("health=UP AND")
                            .build())),
            bad(
                    "filter",
                    s -> s.lattice.listNodes(ListNodesRequest.newBuilder()
                            .setFilter("colour=red")
                            .build())),
            bad(
                    "filter",
                    s -> s.lattice.listNodes(ListNodesRequest.newBuilder()
                            .setFilter("health=GREEN")
                            .build())),
            bad("name", s -> s.lattice.getNode(GetNodeRequest.getDefaultInstance())),
            bad(
                    "name",
                    s -> s.lattice.getNode(
                            GetNodeRequest.newBuilder().setName("n1").build())),
            bad(
                    "parent",
                    s -> s.lattice.listRoutes(
                            ListRoutesRequest.newBuilder().setParent("eu").build())),
            bad(
                    "page_size",
                    s -> s.lattice.listEvents(
                            ListEventsRequest.newBuilder().setPageSize(-5).build())),
            bad(
                    "nodes",
                    s -> s.lattice.querySeries(QuerySeriesRequest.newBuilder()
                            .setMetric("utilization")
                            .build())),
            bad(
                    "metric",
                    s -> s.lattice.querySeries(QuerySeriesRequest.newBuilder()
                            .addNodes(SmallLattice.nodeId(0).name())
                            .setMetric("mood")
                            .build())),
            bad(
                    "end_time",
                    s -> s.lattice.querySeries(QuerySeriesRequest.newBuilder()
                            .addNodes(SmallLattice.nodeId(0).name())
                            .setMetric("utilization")
                            .setStartTime(Timestamp.newBuilder().setSeconds(20))
                            .setEndTime(Timestamp.newBuilder().setSeconds(10))
                            .build())),
            bad(
                    "min_sample_interval_seconds",
                    s -> s.lattice
                            .watchLattice(WatchLatticeRequest.newBuilder()
                                    .setMinSampleIntervalSeconds(Double.NaN)
                                    .build())
                            .next()),
            bad(
                    "resume.epoch",
                    s -> s.lattice
                            .watchLattice(WatchLatticeRequest.newBuilder()
                                    .setResume(Resume.newBuilder().setRevision(4))
                                    .build())
                            .next()),
            bad(
                    "without_conflation",
                    s -> s.lattice
                            .watchLattice(WatchLatticeRequest.newBuilder()
                                    .setWithoutConflation(true)
                                    .setWithoutSamples(true)
                                    .build())
                            .next()),
            bad("spec", s -> s.operations.planOperation(PlanOperationRequest.getDefaultInstance())),
            bad("plan_hash", s -> s.operations.armOperation(ArmOperationRequest.getDefaultInstance())),
            bad(
                    "arm_token",
                    s -> s.operations.startOperation(
                            StartOperationRequest.newBuilder().setRequestId(ID).build())),
            bad(
                    "request_id",
                    s -> s.operations.startOperation(
                            StartOperationRequest.newBuilder().setArmToken("t").build())),
            bad(
                    "request_id",
                    s -> s.operations.startOperation(StartOperationRequest.newBuilder()
                            .setArmToken("t")
                            .setRequestId("twice")
                            .build())),
            bad(
                    "reason",
                    s -> s.operations.startOperation(StartOperationRequest.newBuilder()
                            .setArmToken("t")
                            .setRequestId(ID)
                            .setAcceptRisk(true)
                            .build())),
            bad(
                    "name",
                    s -> s.operations.getOperation(
                            GetOperationRequest.newBuilder().setName("op-1").build())),
            bad(
                    "page_token",
                    s -> s.operations.listOperations(ListOperationsRequest.newBuilder()
                            .setPageToken("AAAA")
                            .build())),
            bad("spec", s -> s.exercise.injectFault(InjectFaultRequest.getDefaultInstance())),
            bad(
                    "name",
                    s -> s.exercise.clearFault(
                            ClearFaultRequest.newBuilder().setName("f").build())),
            bad(
                    "rate",
                    s -> s.exercise.setClock(
                            SetClockRequest.newBuilder().setRate(1000).build())),
            bad(
                    "rate",
                    s -> s.exercise.setClock(
                            SetClockRequest.newBuilder().setRate(Double.NaN).build())));

    private static BadCall bad(String field, Consumer<Served> call) {
        return new BadCall(field, call);
    }

    @Test
    void aBadFieldIsRefusedByName() throws Exception {
        try (Served served = new Served(12)) {
            int row = 0;
            for (BadCall bad : INVALID) {
                String which = "row " + row++ + ", " + bad.field();
                StatusRuntimeException refused = assertThrows(
                        StatusRuntimeException.class, () -> bad.call().accept(served), which);
                assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), which);
                ErrorInfo info = Failures.detail(refused, ErrorInfo.class);
                assertEquals("BAD_FIELD", info.getReason(), which);
                assertEquals("lattice.v1", info.getDomain(), which);
                BadRequest.FieldViolation violation =
                        Failures.detail(refused, BadRequest.class).getFieldViolations(0);
                assertEquals(bad.field(), violation.getField());
                assertTrue(violation.getDescription().length() > bad.field().length() + 5, which);
            }
            assertEquals(0, served.server.failures());
        }
    }

    @Test
    void aMalformedSpecificationIsRefusedByTheFieldInIt() throws Exception {
        try (Served served = new Served(12)) {
            StatusRuntimeException plan = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.operations.planOperation(PlanOperationRequest.newBuilder()
                            .setSpec(OperationSpec.newBuilder()
                                    .setDrain(DrainSpec.newBuilder().addTargets("nonsense")))
                            .build()));
            assertNames(plan, "drain.targets");
            StatusRuntimeException fault = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.exercise.injectFault(InjectFaultRequest.newBuilder()
                            .setSpec(FaultSpec.newBuilder()
                                    .addTargets(SmallLattice.nodeId(0).name()))
                            .build()));
            assertNames(fault, "kind");
        }
    }

    private static void assertNames(StatusRuntimeException refused, String part) {
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        String field =
                Failures.detail(refused, BadRequest.class).getFieldViolations(0).getField();
        assertTrue(field.startsWith("spec.") && field.contains(part), field);
    }

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

    @Test
    void aMessageOverOneMebibyteIsRefusedAndTheConnectionGoesOn() throws Exception {
        try (Served served = new Served(12)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.listNodes(ListNodesRequest.newBuilder()
                            .setFilter("x".repeat(2 << 20))
                            .build()));
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode(), refused.toString());
            assertEquals(
                    "Small",
                    served.lattice
                            .getLattice(GetLatticeRequest.getDefaultInstance())
                            .getDisplayName());
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
