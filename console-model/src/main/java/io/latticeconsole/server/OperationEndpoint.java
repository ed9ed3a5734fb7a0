package io.latticeconsole.server;

import io.grpc.stub.StreamObserver;
import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.OperationCodec;
import io.latticeconsole.codec.PlanCodec;
import io.latticeconsole.codec.SpecCodec;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.proto.v1.ArmOperationRequest;
import io.latticeconsole.proto.v1.ArmOperationResponse;
import io.latticeconsole.proto.v1.CancelOperationRequest;
import io.latticeconsole.proto.v1.DisarmOperationRequest;
import io.latticeconsole.proto.v1.DisarmOperationResponse;
import io.latticeconsole.proto.v1.GetOperationRequest;
import io.latticeconsole.proto.v1.HoldOperationRequest;
import io.latticeconsole.proto.v1.ListOperationsRequest;
import io.latticeconsole.proto.v1.ListOperationsResponse;
import io.latticeconsole.proto.v1.Operation;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.proto.v1.Plan;
import io.latticeconsole.proto.v1.PlanOperationRequest;
import io.latticeconsole.proto.v1.ResumeOperationRequest;
import io.latticeconsole.proto.v1.StartOperationRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Takes orders at the coordinator; any other gateway says where the coordinator is.
final class OperationEndpoint extends OperationServiceGrpc.OperationServiceImplBase {
    private final EndpointPort port;
    private final Publication publication;
    private final Supplier<Coordination> coordination;
    private final Replies replies;

    OperationEndpoint(
            EndpointPort port, Publication publication, Supplier<Coordination> coordination, Replies replies) {
        this.port = port;
        this.publication = publication;
        this.coordination = coordination;
        this.replies = replies;
    }

    @Override
    public void planOperation(PlanOperationRequest request, StreamObserver<Plan> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> atCoordinator(() -> {
                    if (!request.hasSpec()) {
                        throw Refusals.badField("spec", "is absent, expected a drain, restore, reroute or redeploy");
                    }
                    return port.plan(
                            SpecCodec.fromProto(request.getSpec(), Cursor.at("PlanOperationRequest.spec")), who);
                }),
                PlanCodec::toProto);
    }

    @Override
    public void armOperation(ArmOperationRequest request, StreamObserver<ArmOperationResponse> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> atCoordinator(() -> port.arm(Fields.text("plan_hash", request.getPlanHash()), who)),
                armed -> ArmOperationResponse.newBuilder()
                        .setArmToken(armed.token())
                        .setArm(OperationCodec.toProto(armed.arm()))
                        .build());
    }

    @Override
    public void disarmOperation(DisarmOperationRequest request, StreamObserver<DisarmOperationResponse> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> atCoordinator(() -> port.disarm(Fields.text("arm_token", request.getArmToken()), who)),
                _ -> DisarmOperationResponse.getDefaultInstance());
    }

    @Override
    public void startOperation(StartOperationRequest request, StreamObserver<Operation> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> atCoordinator(() -> port.start(
                        Fields.text("arm_token", request.getArmToken()),
                        Fields.requestId(request.getRequestId()),
                        Fields.reason(request.getReason(), request.getAcceptRisk()),
                        request.getAcceptRisk(),
                        who)),
                OperationCodec::toProto);
    }

    @Override
    public void holdOperation(HoldOperationRequest request, StreamObserver<Operation> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> atCoordinator(() -> port.hold(
                        Fields.operation(request.getName()), Fields.requestIdOrNew(request.getRequestId()), who)),
                OperationCodec::toProto);
    }

    @Override
    public void resumeOperation(ResumeOperationRequest request, StreamObserver<Operation> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> atCoordinator(() -> port.resume(
                        Fields.operation(request.getName()), Fields.requestIdOrNew(request.getRequestId()), who)),
                OperationCodec::toProto);
    }

    @Override
    public void cancelOperation(CancelOperationRequest request, StreamObserver<Operation> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> atCoordinator(() -> port.cancel(
                        Fields.operation(request.getName()),
                        Fields.requestIdOrNew(request.getRequestId()),
                        Fields.reason(request.getReason(), false),
                        who)),
                OperationCodec::toProto);
    }

    @Override
    public void getOperation(GetOperationRequest request, StreamObserver<Operation> caller) {
        replies.answer(caller, () -> {
            coordination.get().require();
            OperationId id = Fields.operation(request.getName());
            var operation = publication.catalogue().operations().get(id);
            if (operation == null) {
                throw Refusals.notFound(id.name(), "does not exist");
            }
            return OperationCodec.toProto(operation);
        });
    }

    /// Newest first.
    @Override
    public void listOperations(ListOperationsRequest request, StreamObserver<ListOperationsResponse> caller) {
        replies.answer(caller, () -> {
            coordination.get().require();
            AtomicLong fromEnd = new AtomicLong(Long.MAX_VALUE);
            var operations = Listing.of(
                    "operations",
                    publication.catalogue().operations().values().stream()
                            .map(o -> new Ranked(fromEnd.getAndDecrement(), o)),
                    r -> Long.toString(r.rank()),
                    r -> OperationCodec.toProto(r.operation()),
                    request.getPageSize(),
                    request.getPageToken());
            return ListOperationsResponse.newBuilder()
                    .addAllOperations(operations.page())
                    .setNextPageToken(operations.nextPageToken())
                    .build();
        });
    }

    private <T> CompletableFuture<T> atCoordinator(Supplier<CompletableFuture<T>> order) {
        coordination.get().require();
        return order.get();
    }

    /// All ranks have the same number of digits, so that their order as text is their order.
    private record Ranked(long rank, io.latticeconsole.operation.Operation operation) {}
}
