package io.latticeconsole.server;

import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.proto.v1.Delta;
import io.latticeconsole.proto.v1.Heartbeat;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.SnapshotPart;
import io.latticeconsole.server.events.EventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Facts of one tick as deltas with consecutive revisions, as few as fit the contract's message size; and the other
/// updates of a stream.
final class DeltaFrames {
    private final String epoch;
    private final Instant latticeTime;
    private final Instant wallTime;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Fact> open = new ArrayList<>();
    private long revision;
    private long nodeTableRevision;
    private int bytes;
    private boolean tableChanged;

    /// Deltas that follow on a revision.
    DeltaFrames(String epoch, Instant latticeTime, Instant wallTime, long revision, long nodeTableRevision) {
        this.epoch = epoch;
        this.latticeTime = latticeTime;
        this.wallTime = wallTime;
        this.revision = revision;
        this.nodeTableRevision = nodeTableRevision;
    }

    /// Adds a fact; `table` if it changed the set of nodes.
    void add(Fact fact, boolean table) {
        int size = fact instanceof Fact.EventLogged(EventRecord event)
                ? FactCodec.toProto(event).getSerializedSize()
                : FactCodec.toProto(fact).getSerializedSize();
        if (bytes + size > EndpointLimits.FILL_BYTES) {
            close();
        }
        open.add(fact);
        bytes += size;
        tableChanged |= table;
    }

    /// The deltas of all facts added.
    List<Frame> frames() {
        close();
        return frames;
    }

    /// The revision at which the set of nodes changed last.
    long nodeTableRevision() {
        return nodeTableRevision;
    }

    private void close() {
        if (open.isEmpty()) {
            return;
        }
        revision++;
        nodeTableRevision = tableChanged ? revision : nodeTableRevision;
        Delta delta = FactCodec.delta(epoch, revision, nodeTableRevision, latticeTime, wallTime, open);
        frames.add(Frame.of(LatticeUpdate.newBuilder().setDelta(delta).build()));
        open.clear();
        bytes = 0;
        tableChanged = false;
    }

    /// A snapshot in parts.
    static List<Frame> snapshot(
            String epoch, EventLog events, long revision, long nodeTableRevision, List<Fact> facts) {
        List<Frame> parts = new ArrayList<>();
        SnapshotPart.Builder part =
                part(epoch, events, revision, nodeTableRevision).setFirst(true);
        int bytes = 0;
        for (Fact fact : facts) {
            var change = FactCodec.toProto(fact);
            if (bytes + change.getSerializedSize() > EndpointLimits.FILL_BYTES) {
                parts.add(Frame.of(LatticeUpdate.newBuilder().setSnapshot(part).build()));
                part = part(epoch, events, revision, nodeTableRevision);
                bytes = 0;
            }
            part.addObjects(change);
            bytes += change.getSerializedSize();
        }
        parts.add(Frame.of(
                LatticeUpdate.newBuilder().setSnapshot(part.setLast(true)).build()));
        return parts;
    }

    static Frame heartbeat(
            String epoch, long revision, ClockReading clock, long lastEventSeq, List<GatewayId> unreachable) {
        Heartbeat.Builder beat = Heartbeat.newBuilder()
                .setEpoch(epoch)
                .setRevision(revision)
                .setClock(EndpointCodec.toProto(clock))
                .setLastEventSeq(lastEventSeq)
                .addAllUnreachablePeers(
                        unreachable.stream().map(ResourceName::name).toList());
        return Frame.of(LatticeUpdate.newBuilder().setHeartbeat(beat).build());
    }

    private static SnapshotPart.Builder part(String epoch, EventLog events, long revision, long nodeTableRevision) {
        return SnapshotPart.newBuilder()
                .setEpoch(epoch)
                .setRevision(revision)
                .setNodeTableRevision(nodeTableRevision)
                .setLastEventSeq(events.lastSeq())
                .setEventLog(events.id());
    }
}
