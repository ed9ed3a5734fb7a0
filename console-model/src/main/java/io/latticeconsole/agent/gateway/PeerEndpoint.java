package io.latticeconsole.agent.gateway;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.node.InferenceFailure;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.proto.v1.PeerServiceGrpc;
import io.latticeconsole.proto.v1.TellRequest;
import io.latticeconsole.proto.v1.TellResponse;
import io.latticeconsole.server.Lane;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where the other gateways of a lattice say what they have to say. Each word is taken on the gateway's lane before the
/// next one of the same peer is read.
final class PeerEndpoint extends PeerServiceGrpc.PeerServiceImplBase {
    private static final System.Logger LOG = System.getLogger(PeerEndpoint.class.getName());

    private final String lattice;
    private final Map<String, PeerReader.Peer> peers;
    private final Lane lane;
    private final Consumer<GatewayMessage> to;

    /// @param peers by the name of their gateway @param to hears each word, on the lane
    PeerEndpoint(String lattice, Map<String, PeerReader.Peer> peers, Lane lane, Consumer<GatewayMessage> to) {
        this.lattice = lattice;
        this.peers = Map.copyOf(peers);
        this.lane = lane;
        this.to = to;
    }

    @Override
    public StreamObserver<TellRequest> tell(StreamObserver<TellResponse> out) {
        var call = (ServerCallStreamObserver<TellResponse>) out;
        call.disableAutoRequest();
        call.setOnCancelHandler(() -> {});
        call.request(1);
        return new Told(call);
    }

    private final class Told implements StreamObserver<TellRequest> {
        private final ServerCallStreamObserver<TellResponse> call;
        private @Nullable PeerReader reader; // lane
        private boolean ended; // lane

        Told(ServerCallStreamObserver<TellResponse> call) {
            this.call = call;
        }

        @Override
        public void onNext(TellRequest message) {
            lane.execute(() -> take(message));
        }

        private void take(TellRequest message) {
            if (ended) {
                return;
            }
            try {
                PeerReader words = reader;
                if (words == null) {
                    words = new PeerReader(known(message));
                    reader = words;
                }
                GatewayMessage word = words.read(message);
                if (word != null) {
                    to.accept(word);
                }
            } catch (MalformedMessage bad) {
                end(
                        message,
                        InferenceFailure.of(Status.Code.INVALID_ARGUMENT, "BAD_FIELD", bad.getMessage(), bad.path()));
            } catch (StatusRuntimeException stranger) {
                end(message, stranger);
            } finally {
                if (!ended) {
                    call.request(1);
                }
            }
        }

        private void end(TellRequest message, StatusRuntimeException why) {
            ended = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "''{0}'' is not listened to: {1}",
                    message.getFrom(),
                    why.getStatus().getDescription());
            call.onError(why);
        }

        @Override
        public void onError(Throwable failure) {
            // silence is what the gateway judges by
        }

        @Override
        public void onCompleted() {
            lane.execute(() -> {
                if (!ended) {
                    ended = true;
                    call.onNext(TellResponse.getDefaultInstance());
                    call.onCompleted();
                }
            });
        }
    }

    private PeerReader.Peer known(TellRequest message) {
        if (!message.getLattice().equals(lattice)) {
            throw InferenceFailure.of(
                    Status.Code.FAILED_PRECONDITION,
                    "OTHER_LATTICE",
                    "this is " + lattice + ", found '" + message.getLattice() + "'",
                    lattice);
        }
        PeerReader.Peer peer = peers.get(message.getFrom());
        if (peer == null) {
            throw InferenceFailure.of(
                    Status.Code.PERMISSION_DENIED,
                    "UNKNOWN_PEER",
                    "'" + message.getFrom() + "' is none of the peers in this gateway's file, " + peers.keySet(),
                    message.getFrom());
        }
        return peer;
    }
}
