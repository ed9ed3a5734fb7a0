package io.latticeconsole.server;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// Answers to unary calls, given on the publication's lane; failures become the contract's errors.
record Replies(Executor lane) {
    /// Answers with what `work` returns or throws.
    <T> void answer(StreamObserver<T> caller, Supplier<T> work) {
        StreamObserver<T> to = cancellable(caller);
        lane.execute(() -> send(to, work));
    }

    /// Orders something and answers once it is done.
    <T, M> void answer(StreamObserver<M> caller, Supplier<CompletableFuture<T>> order, Function<T, M> message) {
        answerOnce(cancellable(caller), order, message);
    }

    /// Asks for something on the lane and answers once it has come.
    <T, M> void answerLater(StreamObserver<M> caller, Supplier<CompletableFuture<T>> ask, Function<T, M> message) {
        StreamObserver<M> to = cancellable(caller);
        lane.execute(() -> answerOnce(to, ask, message));
    }

    private <T, M> void answerOnce(StreamObserver<M> to, Supplier<CompletableFuture<T>> order, Function<T, M> message) {
        CompletableFuture<T> outcome;
        try {
            outcome = order.get();
        } catch (RuntimeException e) {
            outcome = CompletableFuture.failedFuture(e);
        }
        CompletableFuture<T> ordered = outcome;
        var _ = ordered.whenComplete((_, _) -> lane.execute(() -> send(to, () -> message.apply(ordered.join()))));
    }

    private static <T> void send(StreamObserver<T> to, Supplier<T> work) {
        T reply;
        try {
            reply = work.get();
        } catch (RuntimeException e) {
            to.onError(Refusals.of(e));
            return;
        }
        to.onNext(reply);
        to.onCompleted();
    }

    /// A caller that goes away before its answer is no error of ours: without a cancel listener gRPC would throw.
    private static <T> StreamObserver<T> cancellable(StreamObserver<T> caller) {
        if (caller instanceof ServerCallStreamObserver<T> server) {
            server.setOnCancelHandler(() -> {});
        }
        return caller;
    }
}
