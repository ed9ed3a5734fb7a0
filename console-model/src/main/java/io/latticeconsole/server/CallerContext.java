package io.latticeconsole.server;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.security.Identity;
import io.latticeconsole.security.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out who calls. Over TLS the certificate says so; over plaintext the metadata key `lattice-operator`
/// does, and nobody vouches for it: it is unverified.
final class CallerContext implements ServerInterceptor {
    static final Metadata.Key<String> OPERATOR = Metadata.Key.of("lattice-operator", Metadata.ASCII_STRING_MARSHALLER);
    private static final int MAX_LENGTH = 64;
    private static final Caller ANONYMOUS = new Caller("anonymous", false);
    private static final Context.Key<Caller> CALLER = Context.keyWithDefault("lattice-caller", ANONYMOUS);
    private static final Context.Key<Set<Role>> ROLES = Context.key("lattice-roles");

    private final @Nullable Certificates certificates;

    /// Without `certificates` it believes the metadata.
    CallerContext(@Nullable Certificates certificates) {
        this.certificates = certificates;
    }

    /// Who makes the call that the current thread serves.
    static Caller current() {
        Caller caller = CALLER.get();
        return caller == null ? ANONYMOUS : caller;
    }

    /// The roles of who makes the call, null where certificates are not asked for.
    static @Nullable Set<Role> roles() {
        return ROLES.get();
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        try {
            return Contexts.interceptCall(context(call, headers), call, headers, next);
        } catch (OrderRefused refused) {
            return Refusals.close(call, Refusals.of(refused));
        }
    }

    private Context context(ServerCall<?, ?> call, Metadata headers) {
        Certificates asked = certificates;
        if (asked == null) {
            return Context.current().withValue(CALLER, new Caller(named(headers.get(OPERATOR)), false));
        }
        Identity identity = asked.identity(call.getAttributes());
        return Context.current().withValues(CALLER, new Caller(identity.name(), true), ROLES, identity.roles());
    }

    private static String named(@Nullable String value) {
        String name = value == null || value.isBlank() ? ANONYMOUS.name() : value.strip();
        if (name.length() > MAX_LENGTH) {
            throw Refusals.badField(
                    "lattice-operator", "has " + name.length() + " characters, expected at most " + MAX_LENGTH);
        }
        return name;
    }
}
