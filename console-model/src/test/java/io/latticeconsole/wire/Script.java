package io.latticeconsole.wire;

import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.codec.SamplesToProto;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.proto.v1.Change;
import io.latticeconsole.proto.v1.Heartbeat;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.SnapshotPart;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Messages of a small gateway, `gateways/eu`, with nodes n0, n1, … of one site.
final class Script {
    static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    static final GatewayId EU = new GatewayId("gateways/eu");
    static final RegionId REGION = new RegionId("regions/eu");

    private Script() {}

    static EndpointInfo info(String epoch, Peer... peers) {
        return new EndpointInfo(
                "lattices/small",
                "Small",
                "1.0",
                Mode.EXERCISE,
                epoch,
                EU,
                List.of(REGION),
                List.of(peers),
                EU,
                new ClockReading(T0, T0, 1, 1, false),
                Set.of("watch"),
                1,
                1);
    }

    static NodeId nodeId(int i) {
        return new NodeId(REGION + "/sites/par-1/nodes/n" + i);
    }

    static Fact node(int i, Health health) {
        return changed(new Node(
                nodeId(i),
                i,
                "1x L4",
                List.of(),
                AdminState.SERVING,
                health,
                "",
                T0,
                "",
                Bands.NONE,
                new HardLimits(Celsius.NONE, Watts.NONE, Millis.NONE),
                null,
                ObjectiveMetric.TTFT,
                false,
                health.name()));
    }

    static Fact region() {
        return changed(new Region(REGION, "Europe", new GeoPoint(48, 2), EU, "1"));
    }

    static Fact changed(LatticeObject object) {
        return new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object));
    }

    static Fact event(long seq) {
        return new Fact.EventLogged(record(seq));
    }

    static EventRecord record(long seq) {
        return new EventRecord(
                seq, T0.plusSeconds(seq), T0.plusSeconds(seq), "NODE_DOWN", Severity.HIGH, "", "event " + seq, "", "");
    }

    static LatticeUpdate part(String epoch, long revision, long lastEvent, boolean first, boolean last, Fact... facts) {
        SnapshotPart.Builder part = SnapshotPart.newBuilder()
                .setEpoch(epoch)
                .setRevision(revision)
                .setNodeTableRevision(1)
                .setFirst(first)
                .setLast(last)
                .setLastEventSeq(lastEvent);
        Arrays.stream(facts).map(FactCodec::toProto).forEach(part::addObjects);
        return LatticeUpdate.newBuilder().setSnapshot(part).build();
    }

    static LatticeUpdate snapshot(String epoch, long revision, long lastEvent, Fact... facts) {
        return part(epoch, revision, lastEvent, true, true, facts);
    }

    /// A snapshot with an object that no contract allows after the good ones.
    static LatticeUpdate spoiledSnapshot(String epoch, long revision, Fact... good) {
        SnapshotPart whole = snapshot(epoch, revision, 0, good).getSnapshot();
        var spoiled = whole.toBuilder().addObjects(Change.newBuilder().setRemoved("no/such/kind"));
        return LatticeUpdate.newBuilder().setSnapshot(spoiled).build();
    }

    static LatticeUpdate delta(String epoch, long revision, Fact... facts) {
        return LatticeUpdate.newBuilder()
                .setDelta(FactCodec.delta(epoch, revision, 1, T0, T0, List.of(facts)))
                .build();
    }

    /// A delta with one good change and one that no contract allows.
    static LatticeUpdate spoiledDelta(String epoch, long revision, Fact good) {
        LatticeUpdate whole = delta(epoch, revision, good);
        var spoiled =
                whole.getDelta().toBuilder().addChanges(Change.newBuilder().setRemoved("no/such/kind"));
        return LatticeUpdate.newBuilder().setDelta(spoiled).build();
    }

    static LatticeUpdate heartbeat(String epoch, long revision, long lastEvent) {
        return LatticeUpdate.newBuilder()
                .setHeartbeat(Heartbeat.newBuilder()
                        .setEpoch(epoch)
                        .setRevision(revision)
                        .setLastEventSeq(lastEvent)
                        .setClock(EndpointCodec.toProto(new ClockReading(T0, T0, 1, 1, false))))
                .build();
    }

    /// A batch with one utilization for each of the first nodes.
    static LatticeUpdate samples(String epoch, long table, float... utilization) {
        int[] index = new int[utilization.length];
        Arrays.setAll(index, i -> i);
        float[][] columns = new float[Metric.COUNT][0];
        columns[Metric.UTILIZATION.column()] = utilization;
        return LatticeUpdate.newBuilder()
                .setSamples(SamplesToProto.samples(new SampleBatch(
                        epoch, T0, T0, table, index, columns, new float[0], new float[0], List.of(), List.of(), null)))
                .build();
    }
}
