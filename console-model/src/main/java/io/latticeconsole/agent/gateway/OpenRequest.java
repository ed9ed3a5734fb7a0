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
            case REJECTED ->
                fail(Status.Code.UNAVAILABLE, "NO_REPLICA", "no replica of " + model + " is ready anywhere");
            case ABORTED ->
                fail(Status.Code.UNAVAILABLE, InferenceFailure.ABORTED, "an operator's drain aborted the request");
            case LOST -> fail(Status.Code.DEADLINE_EXCEEDED, "LOST", "no replica of " + model + " answered in time");
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
