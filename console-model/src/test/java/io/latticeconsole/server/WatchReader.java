package io.latticeconsole.server;

import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.latticeconsole.proto.v1.Delta;
import io.latticeconsole.proto.v1.Heartbeat;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.Samples;
import io.latticeconsole.proto.v1.SnapshotPart;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A watcher that reads a message only when the test asks for one.
final class WatchReader implements ClientResponseObserver<WatchLatticeRequest, LatticeUpdate>, AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Channel channel;
    private final LinkedBlockingQueue<LatticeUpdate> read = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<WatchLatticeRequest> call;

    WatchReader(Channel channel) {
        this.channel = channel;
    }

    WatchReader begin() {
        return begin(WatchLatticeRequest.getDefaultInstance());
    }

    WatchReader begin(WatchLatticeRequest request) {
        LatticeServiceGrpc.newStub(channel).watchLattice(request, this);
        return this;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchLatticeRequest> stream) {
        call = stream;
        stream.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(LatticeUpdate update) {
        read.add(update);
    }

    @Override
    public void onError(Throwable why) {
        ended.complete(why);
    }

    @Override
    public void onCompleted() {
        ended.complete(new IllegalStateException("the server completed a watch"));
    }

    /// The next message.
    LatticeUpdate next() throws InterruptedException {
        Objects.requireNonNull(call).request(1);
        LatticeUpdate update = read.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (update == null) {
            throw new AssertionError("no message within " + PATIENCE_SECONDS + " s; ended: " + ended.getNow(null));
        }
        return update;
    }

    LatticeUpdate next(Predicate<LatticeUpdate> wanted) throws InterruptedException {
        LatticeUpdate update = next();
        while (!wanted.test(update)) {
            update = next();
        }
        return update;
    }

    Delta delta() throws InterruptedException {
        return next(LatticeUpdate::hasDelta).getDelta();
    }

    Samples samples() throws InterruptedException {
        return next(LatticeUpdate::hasSamples).getSamples();
    }

    Heartbeat heartbeat() throws InterruptedException {
        return next(LatticeUpdate::hasHeartbeat).getHeartbeat();
    }

    /// All parts of the snapshot with which the stream begins.
    List<SnapshotPart> snapshot() throws InterruptedException {
        List<SnapshotPart> parts = new ArrayList<>();
        do {
            LatticeUpdate update = next();
            if (!update.hasSnapshot()) {
                throw new AssertionError("a snapshot was expected, not " + update.getUpdateCase());
            }
            parts.add(update.getSnapshot());
        } while (!parts.getLast().getLast());
        return parts;
    }

    /// Why the stream ended, once everything that still came was read.
    Throwable end() throws Exception {
        Objects.requireNonNull(call).request(Integer.MAX_VALUE);
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Messages that were read and not taken.
    int unread() {
        return read.size();
    }

    @Override
    public void close() {
        Objects.requireNonNull(call).cancel("the test is over", null);
    }
}
