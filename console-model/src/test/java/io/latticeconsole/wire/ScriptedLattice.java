package io.latticeconsole.wire;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.ListEventsResponse;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A real gRPC server on loopback whose answers a test writes: it says what it is told to say, when it is told.
final class ScriptedLattice extends LatticeServiceGrpc.LatticeServiceImplBase implements AutoCloseable {
    /// A console's stream, open until the test or the console ends it.
    record Watch(WatchLatticeRequest request, ServerCallStreamObserver<LatticeUpdate> out, CountDownLatch gone) {
        void send(LatticeUpdate... updates) {
            List.of(updates).forEach(out::onNext);
        }

        /// Waits until the console has ended the stream.
        void awaitGone() throws InterruptedException {
            if (!gone.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the console kept its stream for 20 s");
            }
        }

        void fail(Status status) {
            out.onError(status.asRuntimeException());
        }
    }

    private final BlockingQueue<Watch> watches = new LinkedBlockingQueue<>();
    private final BlockingQueue<ListEventsRequest> asked = new LinkedBlockingQueue<>();
    private final List<BindableService> others;
    private final int port;
    private volatile Lattice lattice;
    private volatile Function<ListEventsRequest, ListEventsResponse> events =
            _ -> ListEventsResponse.getDefaultInstance();
    private Server server;

    ScriptedLattice(EndpointInfo info, BindableService... others) throws IOException {
        this.others = List.of(others);
        this.lattice = EndpointCodec.toProto(info);
        server = listen(0);
        port = server.getPort();
    }

    private Server listen(int at) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), at))
                .addService(this)
                .directExecutor()
                .permitKeepAliveTime(1, TimeUnit.SECONDS);
        others.forEach(builder::addService);
        return builder.build().start();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void says(Lattice other) {
        lattice = other;
    }

    void keepsEvents(Function<ListEventsRequest, ListEventsResponse> answer) {
        events = answer;
    }

    /// The next stream that a console opens.
    Watch watch() throws InterruptedException {
        Watch next = watches.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no console watched within 20 s");
        }
        return next;
    }

    /// The next stream if it is opened that soon.
    @Nullable
    Watch watchWithin(Duration span) throws InterruptedException {
        return watches.poll(span.toMillis(), TimeUnit.MILLISECONDS);
    }

    ListEventsRequest askedForEvents() throws InterruptedException {
        ListEventsRequest next = asked.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no console asked for events within 20 s");
        }
        return next;
    }

    /// Breaks all connections and gives the port up.
    void stop() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination(5, TimeUnit.SECONDS);
    }

    /// Listens again where it was.
    void comeBack() throws IOException {
        server = listen(port);
    }

    @Override
    public void getLattice(GetLatticeRequest request, StreamObserver<Lattice> answer) {
        answer.onNext(lattice);
        answer.onCompleted();
    }

    @Override
    public void watchLattice(WatchLatticeRequest request, StreamObserver<LatticeUpdate> out) {
        ServerCallStreamObserver<LatticeUpdate> stream = (ServerCallStreamObserver<LatticeUpdate>) out;
        CountDownLatch gone = new CountDownLatch(1);
        stream.setOnCancelHandler(gone::countDown); // what is sent from here on is ignored
        watches.add(new Watch(request, stream, gone));
    }

    @Override
    public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> answer) {
        asked.add(request);
        answer.onNext(events.apply(request));
        answer.onCompleted();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
