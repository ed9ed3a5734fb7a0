package io.latticeconsole.server;

import io.grpc.stub.ServerCallStreamObserver;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import org.jspecify.annotations.Nullable;

/// A watch call from its arrival on, before there is a subscriber. Touched only on the lane.
final class Subscription {
    private final Publication publication;
    private final ServerCallStreamObserver<Frame> out;
    private @Nullable Subscriber subscriber;

    Subscription(Publication publication, ServerCallStreamObserver<Frame> out) {
        this.publication = publication;
        this.out = out;
    }

    void begin(WatchLatticeRequest request) {
        try {
            subscriber = publication.subscribe(out, WatchOptions.of(request));
        } catch (OrderRefused e) {
            out.onError(Refusals.of(e));
        }
    }

    void drain() {
        Subscriber watching = subscriber;
        if (watching != null) {
            publication.drain(watching);
        }
    }
}
