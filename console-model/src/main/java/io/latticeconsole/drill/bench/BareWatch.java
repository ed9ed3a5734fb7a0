package io.latticeconsole.drill.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A watcher that parses every message and throws it away: what the transport alone can do, to compare a client with.
public final class BareWatch implements AutoCloseable, StreamObserver<LatticeUpdate> {
    private final ManagedChannel channel;
    private final AtomicLong rows = new AtomicLong();
    private volatile @Nullable Throwable failure;

    private BareWatch(String address) {
        channel = NettyChannelBuilder.forTarget(address)
                .usePlaintext()
                .maxInboundMessageSize(4 << 20)
                .build();
    }

    /// Watches an endpoint's every batch of samples.
    public static BareWatch open(String address) {
        BareWatch watch = new BareWatch(address);
        LatticeServiceGrpc.newStub(watch.channel)
                .watchLattice(
                        WatchLatticeRequest.newBuilder()
                                .setWithoutConflation(true)
                                .build(),
                        watch);
        return watch;
    }

    /// Rows of node samples parsed so far; any thread.
    ///
    /// @throws IllegalStateException if the stream broke
    public long rows() {
        Throwable broken = failure;
        if (broken != null) {
            throw new IllegalStateException("the bare stream broke", broken);
        }
        return rows.get();
    }

    @Override
    public void onNext(LatticeUpdate update) {
        rows.addAndGet(update.getSamples().getNodeIndexCount());
    }

    @Override
    public void onError(Throwable why) {
        failure = why;
    }

    @Override
    public void onCompleted() {
        failure = new IllegalStateException("the endpoint ended the stream");
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
