package io.latticeconsole.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.endpoint.Caller;
import org.jspecify.annotations.Nullable;

/// Reads who calls from the metadata key `lattice-operator`. Over plaintext nobody vouches for it: it is unverified.
final class CallerContext implements ServerInterceptor {
    static final Metadata.Key<String> OPERATOR = Metadata.Key.of("lattice-operator", Metadata.ASCII_STRING_MARSHALLER);
    private static final int MAX_LENGTH = 64;
    private static final Caller ANONYMOUS = new Caller("anonymous", false);
    private static final Context.Key<Caller> CALLER = Context.keyWithDefault("lattice-caller", ANONYMOUS);

    /// Who makes the call that the current thread serves.
    static Caller current() {
        Caller caller = CALLER.get();
        return caller == null ? ANONYMOUS : caller;
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        String name = named(headers.get(OPERATOR));
        if (name.length() > MAX_LENGTH) {
            StatusRuntimeException refused = Refusals.of(Refusals.badField(
                    "lattice-operator", "has " + name.length() + " characters, expected at most " + MAX_LENGTH));
            Metadata trailers = refused.getTrailers();
            call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
        }
        Context context = Context.current().withValue(CALLER, new Caller(name, false));
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static String named(@Nullable String value) {
        return value == null || value.isBlank() ? ANONYMOUS.name() : value.strip();
    }
}
