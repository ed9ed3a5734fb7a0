package io.latticeconsole.wire;

import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.FaultCodec;
import io.latticeconsole.codec.OperationCodec;
import io.latticeconsole.codec.PlanCodec;
import io.latticeconsole.codec.SpecCodec;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.ArmOperationResponse;
import io.latticeconsole.proto.v1.CancelOperationRequest;
import io.latticeconsole.proto.v1.ClearFaultRequest;
import io.latticeconsole.proto.v1.Clock;
import io.latticeconsole.proto.v1.DisarmOperationRequest;
import io.latticeconsole.proto.v1.DisarmOperationResponse;
import io.latticeconsole.proto.v1.ExerciseServiceGrpc;
import io.latticeconsole.proto.v1.HoldOperationRequest;
import io.latticeconsole.proto.v1.InjectFaultRequest;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.proto.v1.ResumeOperationRequest;
import io.latticeconsole.proto.v1.SetClockRequest;
import io.latticeconsole.proto.v1.StartOperationRequest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Orders over gRPC: to the coordinator, and exercise orders to any gateway if the coordinator is away.
///
/// Only UNAVAILABLE is tried again, and only for reads and calls that carry a request id. A start whose answer is lost
/// is sent again under its request id, and so read back, for [OrderCall#READ_BACK]; [#readingBack] counts those.
final class WireOrders implements LatticeOrders {
    private static final Metadata.Key<String> OPERATOR =
            Metadata.Key.of("lattice-operator", Metadata.ASCII_STRING_MARSHALLER);

    private final Metadata caller = new Metadata();
    private final WireLane lane;
    private final Supplier<List<EndpointLink>> links;
    private final OrderCall.Unknowns unknowns = new OrderCall.Unknowns();

    /// `links` gives the coordinator's first, then others that may serve an exercise.
    WireOrders(String operator, WireLane lane, Supplier<List<EndpointLink>> links) {
        this.lane = lane;
        this.links = links;
        caller.put(OPERATOR, operator.replaceAll("[^ -~]", "?"));
    }

    int readingBack() {
        return unknowns.count();
    }

    private OperationServiceGrpc.OperationServiceStub operations(EndpointLink link) {
        return named(OperationServiceGrpc.newStub(link.channel()));
    }

    private ExerciseServiceGrpc.ExerciseServiceStub exercise(EndpointLink link) {
        return named(ExerciseServiceGrpc.newStub(link.channel()));
    }

    private <S extends AbstractStub<S>> S named(S stub) {
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(caller))
                .withDeadlineAfter(OrderCall.DEADLINE);
    }

    private <A, T> CompletableFuture<T> call(OrderCall.Kind kind, OrderCall.Way<A, T> way) {
        return new OrderCall<>(lane, links, unknowns, kind, way, () -> {}).send();
    }

    private static Cursor at(String message) {
        return Cursor.at(message);
    }

    @Override
    public CompletableFuture<Plan> plan(OperationSpec spec) {
        var request = PlanOperationRequest.newBuilder()
                .setSpec(SpecCodec.toProto(spec))
                .build();
        return call(
                OrderCall.Kind.REPEATABLE,
                OrderCall.way((link, answer) -> operations(link).planOperation(request, answer), WireOrders::planned));
    }

    private static Plan planned(io.latticeconsole.proto.v1.Plan answer) {
        return PlanCodec.fromProto(answer, at("Plan"));
    }

    @Override
    public CompletableFuture<Armed> arm(String planHash) {
        var request = ArmOperationRequest.newBuilder().setPlanHash(planHash).build();
        return call(
                OrderCall.Kind.ONCE,
                OrderCall.way((link, answer) -> operations(link).armOperation(request, answer), WireOrders::armed));
    }

    private static Armed armed(ArmOperationResponse answer) {
        return new Armed(
                at("ArmOperationResponse").text("arm_token", answer.getArmToken()),
                OperationCodec.fromProto(answer.getArm(), at("ArmOperationResponse.arm")));
    }

    @Override
    public CompletableFuture<Void> disarm(Armed armed) {
        var request =
                DisarmOperationRequest.newBuilder().setArmToken(armed.token()).build();
        return call(
                        OrderCall.Kind.ONCE,
                        OrderCall.<DisarmOperationResponse, DisarmOperationResponse>way(
                                (link, answer) -> operations(link).disarmOperation(request, answer), a -> a))
                .thenApply(_ -> null);
    }

    @Override
    public CompletableFuture<Operation> start(Armed armed, String reason, boolean acceptRisk, Runnable unanswered) {
        var request = StartOperationRequest.newBuilder()
                .setArmToken(armed.token())
                .setRequestId(requestId())
                .setReason(reason)
                .setAcceptRisk(acceptRisk)
                .build();
        OrderCall.Way<io.latticeconsole.proto.v1.Operation, Operation> way = OrderCall.way(
                (link, answer) -> operations(link).startOperation(request, answer), WireOrders::operation);
        return new OrderCall<>(lane, links, unknowns, OrderCall.Kind.READ_BACK, way, unanswered).send();
    }

    private static String requestId() {
        return UUID.randomUUID().toString();
    }

    private static Operation operation(io.latticeconsole.proto.v1.Operation answer) {
        return OperationCodec.fromProto(answer, at("Operation"));
    }

    @Override
    public CompletableFuture<Operation> hold(OperationId operation) {
        var request = HoldOperationRequest.newBuilder()
                .setName(operation.name())
                .setRequestId(requestId())
                .build();
        return call(
                OrderCall.Kind.REPEATABLE,
                OrderCall.way(
                        (link, answer) -> operations(link).holdOperation(request, answer), WireOrders::operation));
    }

    @Override
    public CompletableFuture<Operation> resume(OperationId operation) {
        var request = ResumeOperationRequest.newBuilder()
                .setName(operation.name())
                .setRequestId(requestId())
                .build();
        return call(
                OrderCall.Kind.REPEATABLE,
                OrderCall.way(
                        (link, answer) -> operations(link).resumeOperation(request, answer), WireOrders::operation));
    }

    @Override
    public CompletableFuture<Operation> cancel(OperationId operation, String reason) {
        var request = CancelOperationRequest.newBuilder()
                .setName(operation.name())
                .setRequestId(requestId())
                .setReason(reason)
                .build();
        return call(
                OrderCall.Kind.REPEATABLE,
                OrderCall.way(
                        (link, answer) -> operations(link).cancelOperation(request, answer), WireOrders::operation));
    }

    @Override
    public CompletableFuture<Fault> inject(FaultSpec spec) {
        var request = InjectFaultRequest.newBuilder()
                .setSpec(FaultCodec.toProto(spec))
                .setRequestId(requestId())
                .build();
        return call(
                OrderCall.Kind.EXERCISE,
                OrderCall.way((link, answer) -> exercise(link).injectFault(request, answer), WireOrders::fault));
    }

    private static Fault fault(io.latticeconsole.proto.v1.Fault answer) {
        return FaultCodec.fromProto(answer, at("Fault"));
    }

    @Override
    public CompletableFuture<Fault> clear(String fault) {
        var request = ClearFaultRequest.newBuilder()
                .setName(fault)
                .setRequestId(requestId())
                .build();
        return call(
                OrderCall.Kind.EXERCISE,
                OrderCall.way((link, answer) -> exercise(link).clearFault(request, answer), WireOrders::fault));
    }

    @Override
    public CompletableFuture<Void> setClock(boolean paused, double rate) {
        var request =
                SetClockRequest.newBuilder().setPaused(paused).setRate(rate).build();
        return call(
                        OrderCall.Kind.ONCE,
                        OrderCall.<Clock, Clock>way(
                                (link, answer) -> exercise(link).setClock(request, answer), a -> a))
                .thenApply(_ -> null);
    }
}
