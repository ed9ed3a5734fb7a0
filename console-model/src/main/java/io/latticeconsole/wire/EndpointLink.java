package io.latticeconsole.wire;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.Resume;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.store.ConsoleInput;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The console's link to one endpoint: asks who it is, watches it, notices silence, and comes back after a failure
/// with back-off, resuming where the store stands. Lives on the wire's lane; the channel may be used from anywhere.
final class EndpointLink {
    /// Without a message for so long the link is suspect.
    static final Duration SUSPECT_AFTER = Duration.ofMillis(2500);
    /// And for so long it is given up and made again.
    static final Duration LOST_AFTER = Duration.ofSeconds(15);

    private static final System.Logger LOG = System.getLogger(EndpointLink.class.getName());
    private static final Duration CHECK_EVERY = Duration.ofMillis(250);
    private static final Duration INCOMPATIBLE_AGAIN = Duration.ofSeconds(15);
    private static final int ANSWER_SECONDS = 5;
    // A snapshot part or a batch stays under 1 MiB; a little more for what grows.
    private static final int LARGEST_MESSAGE = 4 << 20;

    private final String address;
    private final WireLane lane;
    private final LatticeStore store;
    private final WatchRequest options;
    private final BiPredicate<EndpointLink, EndpointInfo> directory;
    private final @Nullable KeyMaterial key;
    private final PeerCertificate peer;
    private final ManagedChannel channel;
    private final EventGaps gaps = new EventGaps();
    private final EventFetcher events;
    private final HistoryFetcher history;
    private final Backoff backoff;
    private final AtomicReference<@Nullable Position> position = new AtomicReference<>();
    private volatile Instant heard;
    private volatile LinkState link = LinkState.CONNECTING;
    private @Nullable WatchStream stream;
    private boolean syncedOnce;
    private int run;
    private boolean closed;

    /// With a `key` it speaks TLS, otherwise plaintext. `directory` is told what the endpoint says of itself,
    /// and answers whether to go on with it.
    EndpointLink(
            String address,
            WireLane lane,
            LatticeStore store,
            WatchRequest options,
            @Nullable KeyMaterial key,
            RandomGenerator random,
            BiPredicate<EndpointLink, EndpointInfo> directory) {
        this.address = address;
        this.lane = lane;
        this.store = store;
        this.options = options;
        this.directory = directory;
        backoff = new Backoff(random);
        heard = lane.instant();
        this.key = key;
        peer = new PeerCertificate(address, key, lane, store);
        channel = NettyChannelBuilder.forTarget(address, peer.credentials())
                .intercept(peer)
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .disableRetry()
                .build();
        events = new EventFetcher(address, channel, lane, store, gaps);
        history = new HistoryFetcher(address, channel, lane, store);
    }

    String address() {
        return address;
    }

    ManagedChannel channel() {
        return channel;
    }

    /// Any thread.
    boolean isLive() {
        return link == LinkState.LIVE;
    }

    void open() {
        store.offer(new ConsoleInput.EndpointSought(address));
        attempt();
    }

    private void attempt() {
        if (closed) {
            return;
        }
        int now = ++run;
        channel.resetConnectBackoff();
        LatticeServiceGrpc.newStub(channel)
                .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                .getLattice(GetLatticeRequest.getDefaultInstance(), new StreamObserver<>() {
                    @Override
                    public void onNext(Lattice lattice) {
                        lane.execute(() -> described(now, lattice));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        lane.execute(() -> failed(now, Problem.ofFirstAnswer(address, key, failure)));
                    }

                    @Override
                    public void onCompleted() {
                        // The one answer has come already.
                    }
                });
    }

    private void described(int of, Lattice lattice) {
        if (of != run || closed) {
            return;
        }
        Problem version = Problem.ofVersion(address, lattice.getContractVersion());
        if (version != null) {
            failed(of, version);
            return;
        }
        EndpointInfo info;
        try {
            info = EndpointCodec.fromProto(lattice, Cursor.at("Lattice"));
        } catch (MalformedMessage e) {
            failed(of, new Problem(LinkState.INCOMPATIBLE, address + " describes itself wrongly: " + e.getMessage()));
            return;
        }
        if (directory.test(this, info)) {
            store.offer(new ConsoleInput.EndpointDescribed(address, info, peer.ends(), lane.instant()));
            peer.follow(() -> of == run && !closed);
            watch(of);
        }
    }

    private void watch(int of) {
        Position from = position.get();
        WatchLatticeRequest.Builder request = options.message();
        if (from != null) {
            request.setResume(Resume.newBuilder().setEpoch(from.epoch()).setRevision(from.revision()));
        }
        heard = lane.instant();
        syncedOnce = false;
        WatchStream started = new WatchStream(address, store, gaps, lane, from, new OfRun(of));
        stream = started;
        LatticeServiceGrpc.newStub(channel).watchLattice(request.build(), started);
        lane.after(CHECK_EVERY, () -> check(of));
    }

    private void check(int of) {
        if (of != run || closed) {
            return;
        }
        Duration silence = Duration.between(heard, lane.instant());
        if (silence.compareTo(LOST_AFTER) >= 0) {
            failed(of, new Problem(LinkState.LOST, address + " has been silent for " + LOST_AFTER.toSeconds() + " s"));
            return;
        }
        if (link == LinkState.LIVE && silence.compareTo(SUSPECT_AFTER) >= 0) {
            change(LinkState.SUSPECT, "nothing heard from " + address + " for 2.5 s");
        } else if (link == LinkState.SUSPECT && silence.compareTo(SUSPECT_AFTER) < 0) {
            change(LinkState.LIVE, "");
        }
        lane.after(CHECK_EVERY, () -> check(of));
    }

    private void synced(int of) {
        if (of != run || closed || syncedOnce) {
            return;
        }
        syncedOnce = true;
        backoff.reset();
        change(LinkState.LIVE, "");
        events.fetch();
        history.fetch();
    }

    private void resync(int of, String why) {
        if (of == run && !closed) {
            LOG.log(System.Logger.Level.INFO, "resync with {0}: {1}", address, why);
            position.set(null);
            again(backoff.next());
        }
    }

    private void failed(int of, Problem problem) {
        if (of != run || closed) {
            return;
        }
        // A resume that brought nothing may be what the endpoint stumbles over.
        if (stream != null && !syncedOnce) {
            position.set(null);
        }
        change(problem.link(), problem.sentence());
        again(problem.link() == LinkState.INCOMPATIBLE ? INCOMPATIBLE_AGAIN : backoff.next());
    }

    private void again(Duration delay) {
        run++;
        WatchStream ending = stream;
        stream = null;
        if (ending != null) {
            ending.cancel("a new stream follows");
        }
        lane.after(delay, this::attempt);
    }

    private void change(LinkState next, String sentence) {
        link = next;
        store.offer(new ConsoleInput.LinkChanged(address, next, sentence));
    }

    /// Ends the link; the store still shows what it last had until it is told otherwise.
    void close() {
        closed = true;
        events.close();
        history.close();
        WatchStream ending = stream;
        stream = null;
        if (ending != null) {
            ending.cancel("the console closes");
        }
        channel.shutdownNow();
    }

    /// What one stream tells, ignored when another one has taken its place.
    private final class OfRun implements WatchStream.Listener {
        private final int of;
        private boolean told;

        OfRun(int of) {
            this.of = of;
        }

        @Override
        public void heard() {
            heard = lane.instant();
        }

        @Override
        public void synced(Position newest) {
            position.set(newest);
            if (!told) {
                told = true;
                lane.execute(() -> EndpointLink.this.synced(of));
            }
        }

        @Override
        public void resync(String why) {
            lane.execute(() -> EndpointLink.this.resync(of, why));
        }

        @Override
        public void missing() {
            if (gaps.first() != null) {
                lane.execute(events::fetch);
            }
        }

        @Override
        public void ended(@Nullable Throwable failure) {
            Problem problem = failure == null
                    ? new Problem(LinkState.LOST, address + " ended the stream")
                    : Problem.of(address, key, failure);
            lane.execute(() -> failed(of, problem));
        }
    }
}
