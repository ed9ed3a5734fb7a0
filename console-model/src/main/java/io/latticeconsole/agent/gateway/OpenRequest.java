package io.latticeconsole.agent.gateway;

import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.node.InferenceFailure;
import io.latticeconsole.gateway.End;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import org.jspecify.annotations.Nullable;

/// A client's request that has no end yet. Gateway's lane only.
final class OpenRequest {
    /// `ErrorInfo.reason` where a request was refused at once: nobody serves its model, or those who do are full.
    static final String NO_REPLICA = "NO_REPLICA";

    static final String REPLICAS_FULL = "REPLICAS_FULL";

    final ModelInferRequest request;
    final @Nullable Deadline deadline;
    private final StreamObserver<ModelInferResponse> client;
    int slot = -1;
    int stamp;
    boolean over;
    private @Nullable ModelInferResponse answer;
    private @Nullable StatusRuntimeException refusal;

    OpenRequest(ModelInferRequest request, @Nullable Deadline deadline, StreamObserver<ModelInferResponse> client) {
        this.request = request;
        this.deadline = deadline;
        this.client = client;
    }

    void answered(ModelInferResponse response) {
        answer = response;
    }

    /// The engine understood the request and refused it: that is the answer.
    void refused(StatusRuntimeException why) {
        refusal = why;
    }

    /// Tells the client how it ended.
    void end(End how) {
        over = true;
        String model = request.getModelName();
        switch (how) {
            case FINISHED -> finish();
            case REJECTED -> rejected(0, 0);
            case ABORTED ->
                fail(Status.Code.UNAVAILABLE, InferenceFailure.ABORTED, "an operator's drain aborted the request");
            case LOST -> fail(Status.Code.DEADLINE_EXCEEDED, "LOST", "no replica of " + model + " answered in time");
        }
    }

    /// Tells the client that nobody can take it now. @param ready replicas of its model that may get requests
    /// @param full those of them that have as many as they take
    void rejected(int ready, int full) {
        over = true;
        String model = request.getModelName();
        if (ready == 0) {
            fail(Status.Code.UNAVAILABLE, NO_REPLICA, "no replica of " + model + " is ready anywhere");
        } else if (full > 0) {
            String others = full == ready ? "" : " and the others cannot be sent to";
            fail(
                    Status.Code.RESOURCE_EXHAUSTED,
                    REPLICAS_FULL,
                    full + " of " + ready + " ready replicas of " + model + " have as many requests as they take"
                            + others + "; send it again later");
        } else {
            fail(
                    Status.Code.UNAVAILABLE,
                    NO_REPLICA,
                    "none of " + ready + " ready replicas of " + model
                            + " can be sent to: they failed again and again, or their site is cut off");
        }
    }

    private void finish() {
        ModelInferResponse whole = answer;
        StatusRuntimeException why = refusal;
        if (whole != null) {
            client.onNext(whole);
            client.onCompleted();
        } else if (why != null) {
            client.onError(why);
        }
    }

    private void fail(Status.Code code, String reason, String message) {
        client.onError(InferenceFailure.of(code, reason, message, request.getModelName()));
    }
}
