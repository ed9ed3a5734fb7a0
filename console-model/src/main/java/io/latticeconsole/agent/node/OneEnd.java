package io.latticeconsole.agent.node;

import io.grpc.stub.StreamObserver;

/// An observer that two threads may race to end: what comes after the end is dropped.
final class OneEnd<T> implements StreamObserver<T> {
    private final StreamObserver<T> to;
    private boolean ended;

    OneEnd(StreamObserver<T> to) {
        this.to = to;
    }

    @Override
    public synchronized void onNext(T value) {
        if (!ended) {
            to.onNext(value);
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        if (!ended) {
            ended = true;
            to.onError(failure);
        }
    }

    @Override
    public synchronized void onCompleted() {
        if (!ended) {
            ended = true;
            to.onCompleted();
        }
    }
}
