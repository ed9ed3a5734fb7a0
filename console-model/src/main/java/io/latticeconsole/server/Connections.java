package io.latticeconsole.server;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.latticeconsole.endpoint.Caller;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The open connections of an endpoint: refuses calls on those beyond the limit, and calls that come too
/// fast. Any thread.
final class Connections extends ServerTransportFilter implements ServerInterceptor {
    /// What belongs to one connection.
    private record Connection(boolean beyond, TokenBucket calls) {}

    private static final Attributes.Key<Connection> CONNECTION = Attributes.Key.create("lattice-connection");

    private final EndpointLimits limits;
    private final LongSupplier nanos;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, TokenBucket> callers = new ConcurrentHashMap<>();

    Connections(EndpointLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    @Override
    public Attributes transportReady(Attributes transport) {
        boolean beyond = open.incrementAndGet() > limits.connections();
        return transport.toBuilder()
                .set(CONNECTION, new Connection(beyond, bucket()))
                .build();
    }

    @Override
    public void transportTerminated(@Nullable Attributes transport) {
        if (transport != null && transport.get(CONNECTION) != null) {
            open.decrementAndGet();
        }
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        Connection connection = call.getAttributes().get(CONNECTION);
        if (connection == null) {
            return next.startCall(call, headers);
        }
        if (connection.beyond()) {
            return refuse(
                    call,
                    "TOO_MANY_CONNECTIONS",
                    "the endpoint has " + limits.connections() + " connections already, as many as it takes");
        }
        if (isPaced(call) && !bucket(connection).take(nanos.getAsLong())) {
            return refuse(
                    call,
                    "TOO_MANY_CALLS",
                    CallerContext.current().name() + " calls more than " + limits.callsPerSecond() + " times a second");
        }
        return next.startCall(call, headers);
    }

    /// Inference and what machines tell each other come as often as there is traffic.
    private static boolean isPaced(ServerCall<?, ?> call) {
        String service = call.getMethodDescriptor().getServiceName();
        return !"inference.GRPCInferenceService".equals(service)
                && !"lattice.v1.NodeService".equals(service)
                && !"lattice.v1.PeerService".equals(service);
    }

    private TokenBucket bucket(Connection connection) {
        Caller caller = CallerContext.current();
        return caller.verified() ? callers.computeIfAbsent(caller.name(), _ -> bucket()) : connection.calls();
    }

    private TokenBucket bucket() {
        return new TokenBucket(limits.callsPerSecond(), limits.burst(), nanos.getAsLong());
    }

    private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, String reason, String message) {
        return Refusals.close(call, Refusals.of(Refusals.refused(Status.Code.RESOURCE_EXHAUSTED, reason, message)));
    }
}
