package io.latticeconsole.agent.gateway;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.proto.v1.PeerServiceGrpc;
import io.latticeconsole.proto.v1.TellRequest;
import io.latticeconsole.proto.v1.TellResponse;
import io.latticeconsole.server.Lane;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A gateway's line to one other gateway. What is said while it stands arrives in order; what is said while it does not
/// is lost, as over any network, and said again by whoever needs it. All but the callbacks of gRPC on the gateway's
/// lane.
final class PeerLine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PeerLine.class.getName());
    private static final Duration AGAIN = Duration.ofMillis(250);

    /// A peer that leaves so much unread is begun with anew: it asks for what it missed.
    private static final long MOST_UNREAD_BYTES = 16 << 20;

    private final String lattice;
    private final GatewayId self;
    private final ManagedChannel channel;
    private final Lane lane;
    private final Runnable opened;
    private @Nullable ClientCallStreamObserver<TellRequest> out;
    private long unread;
    private boolean closed;
    private String complaint = "";

    /// @param channel closed here @param opened run on the lane each time that it begins to carry words
    PeerLine(String lattice, GatewayId self, ManagedChannel channel, Lane lane, Runnable opened) {
        this.lattice = lattice;
        this.self = self;
        this.channel = channel;
        this.lane = lane;
        this.opened = opened;
    }

    /// Begins to connect, and does so again whenever the line breaks.
    void open() {
        if (closed) {
            return;
        }
        channel.resetConnectBackoff();
        PeerServiceGrpc.newStub(channel).tell(new ClientResponseObserver<TellRequest, TellResponse>() {
            @Override
            public void beforeStart(ClientCallStreamObserver<TellRequest> stream) {
                stream.setOnReadyHandler(() -> lane.execute(() -> ready(stream)));
            }

            @Override
            public void onNext(TellResponse never) {
                // a peer ends the stream only when it goes
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

    @SuppressWarnings("ReferenceEquality") // that very stream
    private void ready(ClientCallStreamObserver<TellRequest> stream) {
        if (closed) {
            return;
        }
        boolean first = out != stream;
        out = stream;
        unread = 0;
        if (first) {
            opened.run();
        }
    }

    private void ended(Throwable failure) {
        out = null;
        String said = String.valueOf(failure.getMessage());
        if (Status.fromThrowable(failure).getCode() != Status.Code.UNAVAILABLE && !said.equals(complaint)) {
            complaint = said;
            LOG.log(System.Logger.Level.WARNING, "{0} does not listen to {1}: {2}", channel.authority(), self, said);
        }
        lane.after(AGAIN, this::open);
    }

    void send(GatewayMessage message) {
        ClientCallStreamObserver<TellRequest> stream = out;
        if (stream == null) {
            return;
        }
        for (TellRequest part : PeerCodec.toProto(message)) {
            TellRequest whole =
                    part.toBuilder().setLattice(lattice).setFrom(self.name()).build();
            unread = stream.isReady() ? 0 : unread + whole.getSerializedSize();
            stream.onNext(whole);
        }
        if (unread > MOST_UNREAD_BYTES) {
            out = null;
            stream.cancel(channel.authority() + " does not read", null);
        }
    }

    @Override
    public void close() {
        closed = true;
        out = null;
        channel.shutdownNow();
    }
}
