package io.latticeconsole.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.security.Expiry;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.store.ConsoleInput;
import io.latticeconsole.store.LatticeStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Notes when the certificate ends that an endpoint shows. One that is near its end may be renewed while the
/// connection goes on, so then it is looked at again over a connection of its own. Any thread.
final class PeerCertificate implements ClientInterceptor {
    private static final System.Logger LOG = System.getLogger(PeerCertificate.class.getName());
    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final int ANSWER_SECONDS = 5;

    private final String address;
    private final @Nullable KeyMaterial key;
    private final WireLane lane;
    private final LatticeStore store;
    private volatile @Nullable Instant ends;

    PeerCertificate(String address, @Nullable KeyMaterial key, WireLane lane, LatticeStore store) {
        this.address = address;
        this.key = key;
        this.lane = lane;
        this.store = store;
    }

    /// How a channel to the endpoint shows itself.
    ChannelCredentials credentials() {
        return key == null ? InsecureChannelCredentials.create() : key.channelCredentials();
    }

    /// Null before the first answer and over plaintext.
    @Nullable
    Instant ends() {
        return ends;
    }

    @Override
    public <Q, P> ClientCall<Q, P> interceptCall(MethodDescriptor<Q, P> method, CallOptions options, Channel next) {
        return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<P> listener, Metadata headers) {
                ClientCall<Q, P> call = delegate();
                super.start(
                        new ForwardingClientCallListener.SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onHeaders(Metadata answered) {
                                note(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
                                super.onHeaders(answered);
                            }
                        },
                        headers);
            }
        };
    }

    /// Looks again every so often for as long as that is wanted. On the lane.
    void follow(BooleanSupplier wanted) {
        lane.after(AGAIN, () -> {
            if (wanted.getAsBoolean()) {
                Instant end = ends;
                if (end != null && Expiry.of(end, lane.instant()) != Expiry.FAR) {
                    look();
                }
                follow(wanted);
            }
        });
    }

    /// Asks the endpoint over a new connection and tells the store when the certificate ends that it shows
    /// there.
    void look() {
        ManagedChannel channel = NettyChannelBuilder.forTarget(address, credentials())
                .intercept(this)
                .build();
        LatticeServiceGrpc.newStub(channel)
                .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                .getLattice(GetLatticeRequest.getDefaultInstance(), new StreamObserver<>() {
                    @Override
                    public void onNext(Lattice lattice) {
                        store.offer(new ConsoleInput.CertificateSeen(address, ends));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        LOG.log(System.Logger.Level.DEBUG, "the certificate could not be looked at again", failure);
                        channel.shutdownNow();
                    }

                    @Override
                    public void onCompleted() {
                        channel.shutdownNow();
                    }
                });
    }

    private void note(@Nullable SSLSession session) {
        if (session == null) {
            return;
        }
        try {
            if (session.getPeerCertificates()[0] instanceof X509Certificate shown) {
                ends = shown.getNotAfter().toInstant();
            }
        } catch (SSLPeerUnverifiedException e) {
            LOG.log(System.Logger.Level.DEBUG, "an answer over a session without a certificate", e);
        }
    }
}
