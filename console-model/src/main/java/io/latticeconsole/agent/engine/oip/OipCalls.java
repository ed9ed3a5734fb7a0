package io.latticeconsole.agent.engine.oip;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.EngineProblem.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Unary calls to one engine with a deadline, whose failures are told as problems.
record OipCalls(String engine, Channel channel, int maxAnswerBytes) {
    <Q, P> P call(MethodDescriptor<Q, P> method, Q request, Duration deadline) throws EngineProblem {
        try {
            return ClientCalls.blockingUnaryCall(channel, method, options(deadline), request);
        } catch (StatusRuntimeException failed) {
            throw problem(method, failed, deadline);
        }
    }

    /// The same without blocking; what follows the answer runs on the connection's thread.
    <Q, P> CompletableFuture<P> begin(MethodDescriptor<Q, P> method, Q request, Duration deadline) {
        CompletableFuture<P> answer = new CompletableFuture<>();
        CallOptions options = options(deadline).withExecutor(Runnable::run);
        ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, new StreamObserver<>() {
            private @Nullable P whole;

            @Override
            public void onNext(P message) {
                whole = message;
            }

            @Override
            public void onError(Throwable failure) {
                Status status = Status.fromThrowable(failure);
                answer.completeExceptionally(problem(method, status.asRuntimeException(), deadline));
            }

            @Override
            public void onCompleted() {
                answer.complete(Objects.requireNonNull(whole, "gRPC completes no unary call without its answer"));
            }
        });
        return answer;
    }

    private CallOptions options(Duration deadline) {
        return CallOptions.DEFAULT
                .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS)
                .withMaxInboundMessageSize(maxAnswerBytes);
    }

    private EngineProblem problem(MethodDescriptor<?, ?> method, StatusRuntimeException failed, Duration deadline) {
        Status status = failed.getStatus();
        String said = status.getDescription() == null ? "nothing more" : status.getDescription();
        String asked = engine + ", asked for " + method.getBareMethodName() + ", ";
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED ->
                new EngineProblem(
                        Kind.TIMED_OUT, asked + "did not answer within " + deadline.toMillis() + " ms", failed);
            case UNAVAILABLE -> unavailable(asked, said, failed);
            case UNIMPLEMENTED -> new EngineProblem(Kind.UNSUPPORTED, asked + "does not know it", failed);
            case RESOURCE_EXHAUSTED ->
                said.contains("exceeds maximum")
                        ? new EngineProblem(
                                Kind.OVERSIZED, asked + "answered more than " + maxAnswerBytes + " bytes", failed)
                        : new EngineProblem(Kind.OVERLOADED, asked + "is too busy: " + said, failed);
            case CANCELLED, INTERNAL, UNKNOWN, DATA_LOSS, OK ->
                new EngineProblem(Kind.GARBAGE, asked + "broke off: " + said, failed);
            case NOT_FOUND,
                    INVALID_ARGUMENT,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    UNAUTHENTICATED,
                    ABORTED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE -> new EngineProblem(Kind.REFUSED, asked + "refused: " + said, failed);
        };
    }

    /// A connection that failed is another problem than a model that is away; only the first has an I/O cause.
    private static EngineProblem unavailable(String asked, String said, StatusRuntimeException failed) {
        return failed.getStatus().getCause() == null && !said.startsWith("io exception")
                ? new EngineProblem(Kind.NOT_READY, asked + "is not ready: " + said, failed)
                : new EngineProblem(Kind.UNREACHABLE, asked + "could not be reached: " + said, failed);
    }
}
