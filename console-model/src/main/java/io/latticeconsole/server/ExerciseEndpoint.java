package io.latticeconsole.server;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.codec.FaultCodec;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.proto.v1.ClearFaultRequest;
import io.latticeconsole.proto.v1.Clock;
import io.latticeconsole.proto.v1.ExerciseServiceGrpc;
import io.latticeconsole.proto.v1.Fault;
import io.latticeconsole.proto.v1.InjectFaultRequest;
import io.latticeconsole.proto.v1.ListFaultsRequest;
import io.latticeconsole.proto.v1.ListFaultsResponse;
import io.latticeconsole.proto.v1.SetClockRequest;

/// Injects faults and sets the clock, in mode EXERCISE only.
final class ExerciseEndpoint extends ExerciseServiceGrpc.ExerciseServiceImplBase {
    private static final double LEAST_RATE = 0.1;
    private static final double MOST_RATE = 100;

    private final EndpointPort port;
    private final Publication publication;
    private final Replies replies;

    ExerciseEndpoint(EndpointPort port, Publication publication, Replies replies) {
        this.port = port;
        this.publication = publication;
        this.replies = replies;
    }

    @Override
    public void injectFault(InjectFaultRequest request, StreamObserver<Fault> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> {
                    requireExercise();
                    if (!request.hasSpec()) {
                        throw Refusals.badField("spec", "is absent, expected the fault to inject");
                    }
                    return port.inject(
                            FaultCodec.fromProto(request.getSpec(), Cursor.at("InjectFaultRequest.spec")),
                            Fields.requestIdOrNew(request.getRequestId()),
                            who);
                },
                FaultCodec::toProto);
    }

    @Override
    public void clearFault(ClearFaultRequest request, StreamObserver<Fault> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> {
                    requireExercise();
                    return port.clear(
                            Fields.fault(request.getName()), Fields.requestIdOrNew(request.getRequestId()), who);
                },
                FaultCodec::toProto);
    }

    @Override
    public void listFaults(ListFaultsRequest request, StreamObserver<ListFaultsResponse> caller) {
        replies.answer(caller, () -> {
            requireExercise();
            ListFaultsResponse.Builder reply = ListFaultsResponse.newBuilder();
            publication.catalogue().faults().forEach(f -> reply.addFaults(FaultCodec.toProto(f)));
            return reply.build();
        });
    }

    @Override
    public void setClock(SetClockRequest request, StreamObserver<Clock> caller) {
        var who = CallerContext.current();
        replies.answer(
                caller,
                () -> {
                    requireExercise();
                    double rate = request.getRate();
                    if (rate != 0 && !(rate >= LEAST_RATE && rate <= MOST_RATE)) {
                        throw Refusals.badField(
                                "rate",
                                "is " + rate + ", expected 0 (unchanged) or " + LEAST_RATE + " to " + MOST_RATE);
                    }
                    return port.setClock(request.getPaused(), rate, who);
                },
                EndpointCodec::toProto);
    }

    private void requireExercise() {
        if (port.info().mode() != Mode.EXERCISE) {
            throw Refusals.refused(
                    Status.Code.FAILED_PRECONDITION,
                    "NOT_AN_EXERCISE",
                    "this lattice is in production; faults are injected in exercises only",
                    port.info().lattice());
        }
    }
}
