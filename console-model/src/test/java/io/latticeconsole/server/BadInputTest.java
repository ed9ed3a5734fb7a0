package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.ClearFaultRequest;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.FaultSpec;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.GetOperationRequest;
import io.latticeconsole.proto.v1.InjectFaultRequest;
import io.latticeconsole.proto.v1.ListEventsRequest;
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
                    "end_time",
                    s -> s.lattice.querySeries(QuerySeriesRequest.newBuilder()
                            .addNodes(SmallLattice.nodeId(0).name())
                            .setMetric("utilization")
                            .setEndTime(Timestamp.newBuilder().setSeconds(Long.MIN_VALUE))
                            .build())),
            bad(
                    "start_time",
                    s -> s.lattice.querySeries(QuerySeriesRequest.newBuilder()
                            .addNodes(SmallLattice.nodeId(0).name())
                            .setMetric("utilization")
                            .setStartTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
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
}
