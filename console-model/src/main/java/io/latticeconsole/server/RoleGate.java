package io.latticeconsole.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.security.Access;
import io.latticeconsole.security.Role;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Lets a call pass if the table of rights gives its method to a role of the caller. Where certificates are
/// not asked for, every listed method passes; one that is not listed never does.
final class RoleGate implements ServerInterceptor {
    private static final System.Logger LOG = System.getLogger(RoleGate.class.getName());
    private static final long AGAIN_NANOS = 60_000_000_000L;
    private static final int MOST_TOLD = 10_000;

    private final Map<String, Long> told = new ConcurrentHashMap<>();

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        Set<Role> may = Access.to(method);
        Set<Role> has = CallerContext.roles();
        if (has == null ? !may.isEmpty() : !Collections.disjoint(may, has)) {
            return next.startCall(call, headers);
        }
        String who = CallerContext.current().name();
        String needed = may.isEmpty() ? "no role" : "the role " + text(may, " or ");
        String held = has == null || has.isEmpty() ? "has no role" : "has the role " + text(has, ", ");
        String message = method + " takes " + needed + "; " + who + " " + held;
        if (isNews(who + " " + method)) {
            LOG.log(System.Logger.Level.INFO, "refused: {0}", message);
        }
        return Refusals.close(
                call,
                Refusals.of(
                        new OrderRefused(Status.Code.PERMISSION_DENIED.name(), "ROLE_REQUIRED", message, List.of(who)),
                        Map.of("method", method, "roles", text(may, ","))));
    }

    /// Whoever is refused again and again is told so each time, and the log once a minute: it must not be for
    /// callers to fill.
    private boolean isNews(String what) {
        long now = System.nanoTime();
        if (told.size() > MOST_TOLD) {
            told.clear();
        }
        boolean[] news = new boolean[1];
        told.compute(what, (_, before) -> {
            news[0] = before == null || now - before > AGAIN_NANOS;
            return before == null || news[0] ? now : before;
        });
        return news[0];
    }

    private static String text(Set<Role> roles, String between) {
        return roles.stream().sorted().map(Role::unit).collect(Collectors.joining(between));
    }
}
