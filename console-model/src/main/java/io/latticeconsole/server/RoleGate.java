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
import java.util.stream.Collectors;

/// Lets a call pass if the table of rights gives its method to a role of the caller. Where certificates are
/// not asked for, every listed method passes; one that is not listed never does.
final class RoleGate implements ServerInterceptor {
    private static final System.Logger LOG = System.getLogger(RoleGate.class.getName());

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
        LOG.log(System.Logger.Level.INFO, "refused: {0}", message);
        return Refusals.close(
                call,
                Refusals.of(
                        new OrderRefused(Status.Code.PERMISSION_DENIED.name(), "ROLE_REQUIRED", message, List.of(who)),
                        Map.of("method", method, "roles", text(may, ","))));
    }

    private static String text(Set<Role> roles, String between) {
        return roles.stream().sorted().map(Role::unit).collect(Collectors.joining(between));
    }
}
