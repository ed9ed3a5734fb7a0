package io.latticeconsole.agent.node;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.v1.MachineReport;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which gateway this machine takes orders from: the one whose claim has the highest term, of equal terms the first.
/// Any thread.
public final class Claims implements ServerInterceptor {
    /// The metadata key by which an order names the claim it rests on.
    public static final Metadata.Key<String> KEY = Metadata.Key.of("lattice-claim", Metadata.ASCII_STRING_MARSHALLER);

    private static final System.Logger LOG = System.getLogger(Claims.class.getName());
    private static final String ORDERS = NodeServiceGrpc.SERVICE_NAME;
    private static final Set<String> QUESTIONS = Set.of("GetMachine", "WatchMachine", "CountRequests");

    /// A gateway's word that the machine is its own; `epoch` tells one start of it from another.
    public record Claim(String gateway, String epoch, long term) {
        /// What orders that rest on it say under [#KEY].
        public String key() {
            return gateway + "/" + epoch;
        }

        @Override
        public String toString() {
            return gateway + " under term " + term;
        }
    }

    private final List<Claim> claims = new ArrayList<>();
    private volatile @Nullable Claim holder;

    /// Whose orders are taken; null while nobody claims the machine.
    @Nullable
    Claim holder() {
        return holder;
    }

    /// A gateway begins to claim the machine.
    synchronized void add(Claim claim) {
        claims.add(claim);
        decide();
    }

    /// One of a gateway's claims ends.
    synchronized void remove(Claim claim) {
        claims.remove(claim);
        decide();
    }

    private void decide() {
        Claim before = holder;
        Claim best = before != null && claims.contains(before) ? before : null;
        for (Claim claim : claims) {
            best = best == null || claim.term() > best.term() ? claim : best;
        }
        holder = best;
        if (best != null && !best.equals(before)) {
            LOG.log(System.Logger.Level.INFO, "orders are taken from {0}", best);
        }
    }

    /// A report that says whose orders are taken.
    MachineReport told(MachineReport report) {
        Claim now = holder;
        return now == null
                ? report
                : report.toBuilder()
                        .setClaimedBy(now.gateway())
                        .setClaimEpoch(now.epoch())
                        .setClaimTerm(now.term())
                        .build();
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        Claim owner = holder;
        if (owner == null || !isOrder(call) || owner.key().equals(headers.get(KEY))) {
            return next.startCall(call, headers);
        }
        StatusRuntimeException refused = InferenceFailure.of(
                Status.Code.FAILED_PRECONDITION,
                "NOT_THE_OWNER",
                "this machine takes orders from " + owner + " only",
                owner.gateway());
        Metadata trailers = refused.getTrailers();
        call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }

    private static boolean isOrder(ServerCall<?, ?> call) {
        return ORDERS.equals(call.getMethodDescriptor().getServiceName())
                && !QUESTIONS.contains(call.getMethodDescriptor().getBareMethodName());
    }
}
