package io.latticeconsole.server;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.server.events.EventLog;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What one endpoint publishes: its objects, their revision, recent deltas, events and sample history, and its
/// watchers. The simulation hands facts and samples over without waiting; all state is touched only on the
/// lane. Every delta and every batch of samples is encoded once for all watchers.
final class Publication implements EndpointPort.Outlet {
    private static final Duration SNAPSHOT_REUSE = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final EndpointPort port;
    private final String epoch;
    private final UnaryOperator<EndpointInfo> asServed;
    private final EndpointLimits limits;
    private final InstantSource wall;
    private final Lane lane;
    private final NodeHealth health;
    private final Catalogue catalogue;
    private final DeltaRing ring;
    private final EventLog events;
    private final SeriesStore series;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicInteger batchesToCome = new AtomicInteger();
    private volatile int samplesWaiting;
    private volatile int watching;
    private long revision;
    private long nodeTableRevision;
    private long shift;
    private @Nullable Snapshot lastSnapshot;
    private @Nullable NewestSamples newestSamples;

    /// `asServed` turns what the gateway says of itself into what clients are told (epoch, addresses, capabilities).
    Publication(
            EndpointPort port,
            String epoch,
            UnaryOperator<EndpointInfo> asServed,
            EndpointLimits limits,
            EventLog events,
            InstantSource wall,
            Lane lane,
            NodeHealth health) {
        this.port = port;
        this.epoch = epoch;
        this.asServed = asServed;
        this.limits = limits;
        this.wall = wall;
        this.lane = lane;
        this.health = health;
        catalogue = new Catalogue(port.info());
        ring = new DeltaRing(limits.ringSpan(), limits.ringBytes());
        this.events = events;
        shift = events.lastSeq();
        series = new SeriesStore(limits.seriesBytes());
    }

    /// Attaches to the gateway and begins to beat; completes when the first snapshot is in.
    CompletableFuture<Void> open() {
        port.attach(this);
        lane.every(HEARTBEAT, this::beat);
        return ready;
    }

    @Override
    public void snapshot(List<Fact> facts) {
        lane.execute(() -> {
            facts.forEach(this::apply);
            revision = 1;
            nodeTableRevision = 1;
            ring.startAfter(revision);
            series.expect(catalogue.lattice().nodes().size());
            ready.complete(null);
            events.onNotice(notice -> lane.execute(() -> log(notice)));
        });
    }

    @Override
    public void facts(Instant latticeTime, List<Fact> facts) {
        Instant wallTime = wall.instant();
        lane.execute(() -> publish(latticeTime, wallTime, facts));
    }

    @Override
    public void samples(SampleBatch batch) {
        batchesToCome.incrementAndGet();
        lane.execute(() -> {
            batchesToCome.decrementAndGet();
            series.add(batch);
            newestSamples = new NewestSamples(batch, epoch, nodeTableRevision);
            if (subscribers.stream().anyMatch(Subscriber::wantsSamples)) {
                List<Frame> frames = newestSamples.frames();
                subscribers.stream().filter(Subscriber::wantsSamples).forEach(s -> s.offerSamples(frames));
                drainAll();
            }
        });
    }

    /// The most frames of samples that wait for any watcher, and batches that wait to be encoded: what a source
    /// that can publish faster than its watchers read should keep small. Any thread.
    int samplesWaiting() {
        return samplesWaiting + batchesToCome.get();
    }

    /// Streams that were open when one was last looked at. Any thread.
    int watchers() {
        return watching;
    }

    // From here on: on the lane only.

    Catalogue catalogue() {
        return catalogue;
    }

    EventLog events() {
        return events;
    }

    SeriesStore series() {
        return series;
    }

    String epoch() {
        return epoch;
    }

    long revision() {
        return revision;
    }

    EndpointInfo info() {
        return asServed.apply(catalogue.info());
    }

    /// Starts a watcher's stream.
    ///
    /// @throws OrderRefused if there are too many watchers
    Subscriber subscribe(ServerCallStreamObserver<Frame> out, WatchOptions options) {
        subscribers.removeIf(Subscriber::isEnded);
        if (subscribers.size() >= limits.watchers()) {
            throw new OrderRefused(
                    Status.Code.RESOURCE_EXHAUSTED.name(),
                    "TOO_MANY_WATCHERS",
                    "this endpoint serves " + limits.watchers() + " watchers at most",
                    List.of());
        }
        boolean resumes = options.resumeEpoch().equals(epoch) && ring.continues(options.resumeRevision());
        Snapshot from = resumes ? new Snapshot(options.resumeRevision(), wall.instant(), List.of()) : snapshotNow();
        Subscriber subscriber =
                new Subscriber(out, options, limits, ring, wall, from.parts(), from.revision(), revision);
        subscribers.add(subscriber);
        subscriber.offerHeartbeat(heartbeat());
        NewestSamples newest = newestSamples;
        if (newest != null && subscriber.wantsSamples()) {
            subscriber.offerSamples(newest.frames());
        }
        drain(subscriber);
        return subscriber;
    }

    void forgetEnded() {
        subscribers.removeIf(Subscriber::isEnded);
        count();
    }

    void end(RuntimeException why) {
        subscribers.forEach(s -> s.end(why));
        subscribers.clear();
    }

    private void publish(Instant latticeTime, Instant wallTime, List<Fact> facts) {
        DeltaFrames deltas = new DeltaFrames(epoch, latticeTime, wallTime, revision, nodeTableRevision);
        try {
            for (Fact fact : facts) {
                Fact told = asTold(fact);
                boolean table = apply(told);
                deltas.add(told instanceof Fact.EndpointChanged ? new Fact.EndpointChanged(info()) : told, table);
            }
        } catch (RuntimeException e) {
            resyncAll();
            throw e;
        }
        for (Frame frame : deltas.frames()) {
            ring.append(++revision, frame, wallTime);
        }
        nodeTableRevision = deltas.nodeTableRevision();
        drainAll();
    }

    /// Facts that could be applied only in part have no delta: whoever watches has to take a snapshot.
    private void resyncAll() {
        revision += 2;
        nodeTableRevision = revision;
        ring.startAfter(revision);
        lastSnapshot = null;
        end(Refusals.of(Refusals.refused(
                Status.Code.UNAVAILABLE, "RESYNC", "a change could not be told as a delta; watch again to resync")));
    }

    /// The gateway numbers its events from 1; they go on where the log stood, and after what the server had to say.
    private Fact asTold(Fact fact) {
        return fact instanceof Fact.EventLogged(EventRecord event)
                ? new Fact.EventLogged(event.numbered(event.seq() + shift))
                : fact;
    }

    private void log(EventLog.Notice notice) {
        Instant now = wall.instant();
        Instant latticeTime = port.clock().latticeTime();
        EventRecord event = new EventRecord(
                events.lastSeq() + 1 - shift,
                latticeTime,
                now,
                notice.type(),
                notice.severity(),
                port.info().gateway().name(),
                notice.message(),
                "",
                "");
        publish(latticeTime, now, List.of(new Fact.EventLogged(event)));
        shift++;
    }

    private boolean apply(Fact fact) {
        if (fact instanceof Fact.EventLogged(var event)) {
            events.append(event);
        }
        boolean table = catalogue.apply(fact);
        health.follow(fact);
        return table;
    }

    private void beat() {
        if (ready.isDone()) {
            Frame beat = heartbeat();
            subscribers.forEach(s -> s.offerHeartbeat(beat));
            drainAll();
        }
    }

    private Frame heartbeat() {
        return DeltaFrames.heartbeat(epoch, revision, port.clock(), events.lastSeq(), port.unreachablePeers());
    }

    void drain(Subscriber subscriber) {
        subscriber.drain(revision);
        count();
    }

    private void drainAll() {
        subscribers.removeIf(Subscriber::isEnded);
        subscribers.forEach(s -> s.drain(revision));
        count();
    }

    private void count() {
        int most = 0;
        watching = subscribers.size();
        for (Subscriber subscriber : subscribers) {
            most = subscriber.isEnded() ? most : Math.max(most, subscriber.samplesWaiting());
        }
        samplesWaiting = most;
    }

    /// The latest snapshot while it is fresh and the deltas since then are here, else a new one.
    private Snapshot snapshotNow() {
        Snapshot last = lastSnapshot;
        Instant now = wall.instant();
        boolean usable = last != null
                && last.taken().plus(SNAPSHOT_REUSE).isAfter(now)
                && (last.revision() == revision || ring.continues(last.revision()));
        if (last == null || !usable) {
            List<Fact> facts = catalogue.facts(info());
            last = new Snapshot(revision, now, DeltaFrames.snapshot(epoch, events, revision, nodeTableRevision, facts));
            lastSnapshot = last;
        }
        return last;
    }

    private record Snapshot(long revision, Instant taken, List<Frame> parts) {}
}
