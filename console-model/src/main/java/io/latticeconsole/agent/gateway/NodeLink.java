package io.latticeconsole.agent.gateway;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.node.Claims;
import io.latticeconsole.agent.node.Hardware;
import io.latticeconsole.agent.node.ReportCodec;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.proto.v1.MachineReport;
import io.latticeconsole.proto.v1.NodeServiceGrpc;
import io.latticeconsole.proto.v1.WatchMachineRequest;
import io.latticeconsole.server.Lane;
import io.latticeconsole.world.NodeClass;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A gateway's connection to one agent: hears its reports, and connects again when it breaks. All but the callbacks of
/// gRPC on the gateway's lane.
final class NodeLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NodeLink.class.getName());
    private static final Duration LONGEST_PARTING = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofMillis(250);

    /// Two reports.
    private static final long LATELY_NANOS = 1_100_000_000L;

    /// What is heard of a machine; on the lane.
    interface Listener {
        void report(NodeReport report);

        /// What it is made of; before each report that says so.
        default void machine(NodeClass told) {}

        /// It is there, but takes its orders from another gateway.
        void claimed(Claims.Claim by);

        /// A connection over which it was heard broke.
        void broken();
    }

    private final int node;
    private final ManagedChannel channel;
    private final WatchMachineRequest request;
    private final Claims.Claim own;
    private final Lane lane;
    private final LongSupplier now;
    private final Listener listener;
    private boolean heard;
    private long heardAt = Long.MIN_VALUE;
    private boolean closed;
    private boolean parting;
    private String complaint = "";

    /// @param node its number at the gateway @param channel closed here
    /// @param request how the machine is watched: as whose it is
    NodeLink(
            int node,
            ManagedChannel channel,
            WatchMachineRequest request,
            Lane lane,
            LongSupplier now,
            Listener listener) {
        this.request = request;
        this.own = new Claims.Claim(request.getGateway(), request.getEpoch(), request.getOwnershipTerm());
        this.node = node;
        this.channel = channel;
        this.lane = lane;
        this.now = now;
        this.listener = listener;
    }

    /// The claim that orders to the machine rest on.
    Claims.Claim claim() {
        return own;
    }

    ManagedChannel channel() {
        return channel;
    }

    /// Whether a report came lately.
    boolean isHeard() {
        return heard && now.getAsLong() - heardAt < LATELY_NANOS;
    }

    /// Begins to listen.
    void open() {
        if (closed) {
            return;
        }
        heard = false;
        channel.resetConnectBackoff();
        NodeServiceGrpc.newStub(channel).watchMachine(request, new StreamObserver<>() {
            @Override
            public void onNext(MachineReport report) {
                lane.execute(() -> take(report));
            }

            @Override
            public void onError(Throwable failure) {
                lane.execute(() -> ended(failure));
            }

            @Override
            public void onCompleted() {
                lane.execute(() -> ended(Status.UNAVAILABLE.asException()));
            }
        });
    }

    private void take(MachineReport message) {
        heard = true;
        heardAt = now.getAsLong();
        if (parting) {
            return;
        }
        Claims.Claim by = new Claims.Claim(message.getClaimedBy(), message.getClaimEpoch(), message.getClaimTerm());
        if (!own.gateway().isEmpty() && !by.gateway().isEmpty() && !by.key().equals(own.key())) {
            listener.claimed(by);
            return;
        }
        try {
            NodeReport report = ReportCodec.fromProto(message, node, now.getAsLong());
            complaint = "";
            Hardware.reported(message.getAcceleratorsList()).ifPresent(listener::machine);
            listener.report(report);
        } catch (MalformedMessage malformed) {
            complain(malformed.getMessage());
        }
    }

    /// Each fault of an agent is said once, not twice a second.
    private void complain(String sentence) {
        if (!sentence.equals(complaint)) {
            complaint = sentence;
            LOG.log(System.Logger.Level.WARNING, "a report of {0} is not used: {1}", channel.authority(), sentence);
        }
    }

    private void ended(Throwable failure) {
        if (closed) {
            return;
        }
        if (parting) {
            close();
            return;
        }
        if (heard) {
            LOG.log(System.Logger.Level.INFO, "{0} is gone: {1}", channel.authority(), failure.getMessage());
            listener.broken();
        } else if (Status.fromThrowable(failure).getCode() != Status.Code.UNAVAILABLE) {
            complain(String.valueOf(failure.getMessage()));
        }
        lane.after(AGAIN, this::open);
    }

    /// Its agent leaves: the connection serves what still runs there and is not made again when it ends.
    void part() {
        parting = true;
        lane.after(LONGEST_PARTING, this::close);
    }

    /// Hands work to the lane a little later, while this link is open.
    void later(Consumer<NodeLink> work) {
        lane.after(AGAIN, () -> {
            if (!closed) {
                work.accept(this);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        channel.shutdownNow();
    }
}
