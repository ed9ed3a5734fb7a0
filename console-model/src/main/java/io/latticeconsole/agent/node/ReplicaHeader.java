package io.latticeconsole.agent.node;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// The metadata key `lattice-replica`, by which a router names the replica that is to serve a request.
public final class ReplicaHeader implements ServerInterceptor {
    public static final Metadata.Key<String> KEY = Metadata.Key.of("lattice-replica", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> REPLICA = Context.keyWithDefault("lattice-replica", "");

    /// The replica named by the call that the current thread serves; empty where it names none.
    static String current() {
        String code = REPLICA.get();
        return code == null ? "" : code;
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        String code = headers.get(KEY);
        Context context = Context.current().withValue(REPLICA, code == null ? "" : code);
        return Contexts.interceptCall(context, call, headers, next);
    }
}
