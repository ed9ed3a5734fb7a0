package io.latticeconsole.agent.gateway;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.latticeconsole.agent.node.InferenceFailure;
import io.latticeconsole.agent.node.ReplicaHeader;
import io.latticeconsole.gateway.Reply;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.server.Lane;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Requests on their way to agents, each attempt a call of its own. Gateway's lane only, but for gRPC's callbacks.
final class Attempts {
    private static final long LONGEST_SECONDS = 30;

    /// Where an attempt's answer goes, on the lane: the reply as the router counts it, and either the response or why
    /// there is none.
    interface Listener {
        void replied(
                long attempt,
                Reply reply,
                @Nullable ModelInferResponse response,
                @Nullable StatusRuntimeException failure);
    }

    private record Sent(ClientCall<?, ?> call, NodeLink to) {}

    private final Lane lane;
    private final Map<Long, Sent> calls = new HashMap<>();
    private long last;

    Attempts(Lane lane) {
        this.lane = lane;
    }

    /// Sends a request to a replica; the attempt's number.
    long send(NodeLink to, String replica, OpenRequest open, Listener listener) {
        long attempt = ++last;
        Deadline deadline = open.deadline;
        CallOptions options = CallOptions.DEFAULT.withDeadline(
                deadline == null ? Deadline.after(LONGEST_SECONDS, TimeUnit.SECONDS) : deadline);
        var call = to.channel().newCall(GRPCInferenceServiceGrpc.getModelInferMethod(), options);
        calls.put(attempt, new Sent(call, to));
        Metadata headers = new Metadata();
        headers.put(ReplicaHeader.KEY, replica);
        call.start(
                new ClientCall.Listener<>() {
                    private @Nullable ModelInferResponse response;

                    @Override
                    public void onMessage(ModelInferResponse message) {
                        response = message;
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ModelInferResponse whole = response;
                        lane.execute(() -> closed(attempt, whole, status, trailers, listener));
                    }
                },
                headers);
        call.request(2);
        call.sendMessage(open.request);
        call.halfClose();
        return attempt;
    }

    private void closed(
            long attempt, @Nullable ModelInferResponse response, Status status, Metadata trailers, Listener listener) {
        if (calls.remove(attempt) == null) {
            return;
        }
        if (status.isOk() && response != null) {
            listener.replied(attempt, Reply.OK, response, null);
            return;
        }
        StatusRuntimeException failure = status.asRuntimeException(trailers);
        listener.replied(attempt, reply(failure), null, failure);
    }

    /// What the engine understood and refused is an answer too: no other engine would give a better one.
    private static Reply reply(StatusRuntimeException failure) {
        String reason = reason(failure);
        return switch (failure.getStatus().getCode()) {
            case INVALID_ARGUMENT, UNIMPLEMENTED, OUT_OF_RANGE -> Reply.OK;
            case UNAVAILABLE ->
                reason.equals(InferenceFailure.ABORTED)
                        ? Reply.ABORTED
                        : reason.equals(InferenceFailure.NOT_SERVED) ? Reply.REFUSED : Reply.FAILED;
            case OK,
                    CANCELLED,
                    UNKNOWN,
                    DEADLINE_EXCEEDED,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED -> Reply.FAILED;
        };
    }

    private static String reason(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return "";
        }
        for (com.google.protobuf.Any detail : status.getDetailsList()) {
            if (detail.is(com.google.rpc.ErrorInfo.class)) {
                try {
                    return detail.unpack(com.google.rpc.ErrorInfo.class).getReason();
                } catch (com.google.protobuf.InvalidProtocolBufferException _) {
                    return "";
                }
            }
        }
        return "";
    }

    /// Nobody waits for an attempt any more. A machine that is not heard would not hear this either: its answer, should
    /// it come late, is taken and counted.
    void withdraw(long attempt) {
        Sent sent = calls.get(attempt);
        if (sent != null && sent.to().isHeard()) {
            calls.remove(attempt);
            sent.call().cancel("nobody waits for it any more", null);
        }
    }
}
