package io.latticeconsole.wire;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.DecodedSamples;
import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.codec.SamplesFromProto;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.proto.v1.Change;
import io.latticeconsole.proto.v1.Delta;
import io.latticeconsole.proto.v1.Event;
import io.latticeconsole.proto.v1.Heartbeat;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.SnapshotPart;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import io.latticeconsole.store.ConsoleInput;
import io.latticeconsole.store.LatticeStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of an endpoint's stream: decodes, checks the order of revisions, and offers to the store.
///
/// Called by gRPC, one message at a time. A message that breaks the order (a gap, another epoch, a full queue) ends the
/// stream with a request to resync; a part that the contract does not allow is counted and left out, the rest goes on.
final class WatchStream implements ClientResponseObserver<WatchLatticeRequest, LatticeUpdate> {
    /// What the link does about a stream. Called from gRPC's threads.
    interface Listener {
        /// A message came, whatever it holds.
        void heard();

        /// The store has everything up to that position.
        void synced(Position position);

        /// The stream is out of order and was cancelled; watch again, with a snapshot.
        void resync(String why);

        /// Events may be missing.
        void missing();

        void ended(@Nullable Throwable failure);
    }

    /// A snapshot of which some parts have come.
    private static final class Building {
        final String epoch;
        final long revision;
        final List<Fact> facts = new ArrayList<>();
        int rejected;

        Building(SnapshotPart first) {
            epoch = first.getEpoch();
            revision = first.getRevision();
        }

        boolean continuedBy(SnapshotPart part) {
            return epoch.equals(part.getEpoch()) && revision == part.getRevision();
        }
    }

    private final String address;
    private final LatticeStore store;
    private final EventGaps gaps;
    private final InstantSource clock;
    private final Listener listener;
    private final ClockOffset offset = new ClockOffset();
    private @Nullable Position position;
    private @Nullable Building building;
    private volatile @Nullable ClientCallStreamObserver<WatchLatticeRequest> call;
    private boolean over;

    WatchStream(
            String address,
            LatticeStore store,
            EventGaps gaps,
            InstantSource clock,
            @Nullable Position resumeFrom,
            Listener listener) {
        this.address = address;
        this.store = store;
        this.gaps = gaps;
        this.clock = clock;
        this.position = resumeFrom;
        this.listener = listener;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchLatticeRequest> started) {
        call = started;
    }

    /// Ends the stream from our side; any thread.
    void cancel(String why) {
        ClientCallStreamObserver<WatchLatticeRequest> running = call;
        if (running != null) {
            running.cancel(why, null);
        }
    }

    @Override
    public void onNext(LatticeUpdate update) {
        if (over) {
            return;
        }
        listener.heard();
        Instant now = clock.instant();
        try {
            switch (update.getUpdateCase()) {
                case SNAPSHOT -> snapshot(update.getSnapshot(), now);
                case DELTA -> delta(update.getDelta(), now);
                case SAMPLES -> {
                    DecodedSamples samples = SamplesFromProto.samples(update.getSamples());
                    store.sampleLane().offer(address, samples.batch(), now, samples.outOfRange());
                }
                case HEARTBEAT -> heartbeat(update.getHeartbeat(), now);
                case UPDATE_NOT_SET -> {
                    // A kind of message that a later minor version added: nothing in it for us.
                }
            }
        } catch (MalformedMessage e) {
            rejected(1, e);
        }
    }

    private void snapshot(SnapshotPart part, Instant now) {
        if (part.getFirst()) {
            building = new Building(part);
        }
        Building whole = building;
        if (whole == null || !whole.continuedBy(part)) {
            resync("a part of a snapshot came out of order");
            return;
        }
        whole.rejected += facts(part.getObjectsList(), "SnapshotPart.objects", whole.facts);
        if (!part.getLast()) {
            return;
        }
        building = null;
        boolean taken = store.offer(new ConsoleInput.SnapshotTaken(
                address,
                part.getEpoch(),
                part.getRevision(),
                part.getNodeTableRevision(),
                part.getLastEventSeq(),
                whole.facts,
                whole.rejected,
                now));
        if (!taken) {
            resync("the console's queue is full");
            return;
        }
        gaps.at(new EventGaps.Numbering(part.getEpoch(), part.getEventLog()), part.getLastEventSeq());
        reached(new Position(part.getEpoch(), part.getRevision()));
        listener.missing();
    }

    private void delta(Delta delta, Instant now) {
        Position at = position;
        if (building != null || at == null) {
            resync("a delta came before the snapshot was whole");
            return;
        }
        if (!at.epoch().equals(delta.getEpoch()) || delta.getRevision() != at.revision() + 1) {
            resync("revision " + delta.getRevision() + " of epoch " + delta.getEpoch() + " came after " + at.revision()
                    + " of epoch " + at.epoch());
            return;
        }
        List<Fact> facts = new ArrayList<>(delta.getChangesCount() + delta.getEventsCount());
        int _ = facts(delta.getChangesList(), "Delta.changes", facts);
        events(delta.getEventsList(), facts);
        boolean taken = store.offer(new ConsoleInput.DeltaReceived(
                address, delta.getEpoch(), delta.getRevision(), delta.getNodeTableRevision(), facts, now));
        if (taken) {
            reached(new Position(delta.getEpoch(), delta.getRevision()));
            listener.missing();
        } else {
            facts.forEach(this::putBack);
            resync("the console's queue is full");
        }
    }

    private void putBack(Fact fact) {
        if (fact instanceof Fact.EventLogged(EventRecord event)) {
            gaps.dropped(event.seq());
        }
    }

    /// Reads facts; answers how many were rejected.
    private int facts(List<Change> changes, String field, List<Fact> into) {
        int bad = 0;
        MalformedMessage first = null;
        for (int i = 0; i < changes.size(); i++) {
            try {
                into.add(FactCodec.fromProto(changes.get(i), Cursor.at(field + "[" + i + "]")));
            } catch (MalformedMessage e) {
                bad++;
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            rejected(bad, first);
        }
        return bad;
    }

    private void events(List<Event> events, List<Fact> into) {
        for (Event message : events) {
            try {
                EventRecord event = FactCodec.fromProto(message, Cursor.at("Delta.events"));
                if (gaps.take(event.seq())) {
                    into.add(new Fact.EventLogged(event));
                }
            } catch (MalformedMessage e) {
                rejected(1, e);
            }
        }
    }

    private void heartbeat(Heartbeat beat, Instant now) {
        Position at = position;
        if (building == null
                && at != null
                && (!at.epoch().equals(beat.getEpoch()) || beat.getRevision() > at.revision())) {
            resync("the endpoint is at revision " + beat.getRevision() + " of epoch " + beat.getEpoch() + ", we at "
                    + at.revision() + " of epoch " + at.epoch());
            return;
        }
        ClockReading reading = EndpointCodec.fromProto(beat.getClock(), Cursor.at("Heartbeat.clock"));
        store.offer(new ConsoleInput.ClockHeard(address, reading, offset.heard(reading.wallTime(), now), now));
        if (building == null && at != null) {
            gaps.upTo(beat.getLastEventSeq());
            listener.synced(at);
            listener.missing();
        }
    }

    private void reached(Position newest) {
        position = newest;
        listener.synced(newest);
    }

    private void resync(String why) {
        over = true;
        cancel(why);
        listener.resync(why);
    }

    private void rejected(int count, MalformedMessage first) {
        String sentence = address + " sent what the contract does not allow: " + first.getMessage();
        store.offer(new ConsoleInput.MessagesRejected(address, count, sentence));
    }

    @Override
    public void onError(Throwable failure) {
        if (!over) {
            over = true;
            listener.ended(failure);
        }
    }

    @Override
    public void onCompleted() {
        if (!over) {
            over = true;
            listener.ended(null);
        }
    }
}
