package io.latticeconsole.server;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.latticeconsole.codec.Brief;

/// Cuts what services that are not ours say of a caller's words, such as an unknown name of a health check.
final class ShortRefusals implements ServerInterceptor {
    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        String said = status.getDescription();
                        super.close(said == null ? status : status.withDescription(Brief.sentence(said)), trailers);
                    }
                },
                headers);
    }
}
