package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.codec.RandomObjects;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.ReplicaReading;
import io.latticeconsole.plan.NodeLoad;
import io.latticeconsole.proto.v1.PeerLoads;
import io.latticeconsole.proto.v1.TellRequest;
import io.latticeconsole.server.EndpointLimits;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerCodecTest {
    private static final RegionId REGION = new RegionId("regions/r1");
    private static final PeerReader.Peer COORDINATOR =
            new PeerReader.Peer(new GatewayId("gateways/r1"), REGION, 3, true);
    private static final PeerReader.Peer OTHER = new PeerReader.Peer(new GatewayId("gateways/r1"), REGION, 3, false);
    private static final NodeId NODE = new NodeId("regions/r1/sites/s1/nodes/n1");
    private static final ReplicaId REPLICA = new ReplicaId(NODE.name() + "/replicas/m-1");

    private static GatewayMessage through(PeerReader reader, GatewayMessage message)
            throws InvalidProtocolBufferException {
        GatewayMessage read = null;
        for (TellRequest part : PeerCodec.toProto(message)) {
            assertNull(read, "the last part ends it");
            byte[] bytes = part.toByteArray();
            assertTrue(bytes.length < EndpointLimits.MAX_MESSAGE_BYTES, () -> bytes.length + " bytes");
            read = reader.read(TellRequest.parseFrom(bytes));
        }
        return Objects.requireNonNull(read);
    }

    private static List<LatticeObject> objects(int n) {
        RandomObjects random = new RandomObjects(n);
        List<LatticeObject> objects = new ArrayList<>();
        while (objects.size() < n) {
            LatticeObject object = random.object();
            if (object.id().name().startsWith(REGION.name())) {
                objects.add(object);
            }
        }
        return objects;
    }

    @Test
    void everythingThatAGatewayOwnsComesBackAsItWasInPartsThatFit() throws InvalidProtocolBufferException {
        PeerReader reader = new PeerReader(COORDINATOR);
        for (int n : new int[] {0, 1, 700, 20_000}) {
            GatewayMessage all = new GatewayMessage.All(3, 17, 4, objects(n));
            assertEquals(all, through(reader, all));
            List<LatticeEvent> events = new ArrayList<>();
            for (LatticeObject object : objects(n)) {
                events.add(new LatticeEvent.ObjectChanged(object));
                events.add(new LatticeEvent.ObjectRemoved(object.id()));
            }
            GatewayMessage changes = new GatewayMessage.Changes(3, 5, events);
            assertEquals(changes, through(reader, changes));
        }
        assertTrue(PeerCodec.toProto(new GatewayMessage.All(3, 17, 4, objects(20_000)))
                        .size()
                > 1);
    }

    @Test
    void everyOtherWordComesBackAsItWas() throws InvalidProtocolBufferException {
        PeerReader reader = new PeerReader(COORDINATOR);
        List<GatewayMessage> words = new ArrayList<>(List.of(
                new GatewayMessage.Heartbeat(3, 5, 7),
                new GatewayMessage.AskAll(3),
                new GatewayMessage.NodesLost(3, "regions/r1/failovers/fo-1", List.of(NODE)),
                new GatewayMessage.Moved(3, "regions/r2/failovers/fo-1", 1, 2, 3, 4, 5),
                traffic(0.5, NODE)));
        OperationId operation = new OperationId("operations/op-7");
        words.add(new GatewayMessage.Order(
                3, 9, new GatewayOrder.SetAdminState(operation, NODE, AdminState.DRAINING, "drained by ana")));
        for (GatewayMessage word : words) {
            assertEquals(word, through(reader, word));
        }
        var loads = new GatewayMessage.Loads(
                3, List.of(REPLICA), new float[] {1.5f}, new float[] {2}, new float[] {Float.MIN_VALUE});
        var read = (GatewayMessage.Loads) through(reader, loads);
        assertEquals(loads.replicas(), read.replicas());
        assertArrayEquals(loads.queueMs(), read.queueMs());
        assertArrayEquals(loads.inFlight(), read.inFlight());
        assertArrayEquals(loads.slowness(), read.slowness());
    }

    @Test
    void whatAGatewayOfManyNodesTellsEachSecondComesBackAsItWasInPartsThatFit() throws InvalidProtocolBufferException {
        PeerReader reader = new PeerReader(COORDINATOR);
        int n = 12_000;
        List<NodeId> nodes = IntStream.range(0, n)
                .mapToObj(i -> new NodeId("regions/r1/sites/s1/nodes/n" + i))
                .toList();
        GatewayMessage.Traffic one = traffic(0.5, NODE);
        var traffic = new GatewayMessage.Traffic(
                3,
                nodes,
                Collections.nCopies(n, one.loads().getFirst()),
                Collections.nCopies(n, one.flows().getFirst()));
        assertTrue(PeerCodec.toProto(traffic).size() > 1);
        assertEquals(traffic, through(reader, traffic));
        assertEquals(traffic, through(reader, traffic), "and again");

        List<ReplicaId> replicas = IntStream.range(0, 3 * n)
                .mapToObj(i -> new ReplicaId(NODE.name() + "/replicas/m-" + i))
                .toList();
        float[] values = new float[3 * n];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        List<ReplicaId> told = new ArrayList<>();
        for (TellRequest part : PeerCodec.toProto(new GatewayMessage.Loads(3, replicas, values, values, values))) {
            assertTrue(part.getSerializedSize() < EndpointLimits.MAX_MESSAGE_BYTES);
            var loads = (GatewayMessage.Loads) Objects.requireNonNull(reader.read(part));
            assertEquals(told.size(), loads.inFlight()[0], "each part's columns belong together");
            told.addAll(loads.replicas());
        }
        assertEquals(replicas, told);
    }

    private static GatewayMessage.Traffic traffic(double utilization, NodeId node) {
        NodeLoad load = new NodeLoad(
                new Ratio(utilization),
                new Watts(Double.NaN),
                new Millis(20),
                new PerSecond(3),
                new PerSecond(Double.NaN),
                1,
                2,
                new Ratio(0.25),
                Map.of("m-1", new ReplicaReading(40, 2, Double.NaN), "m-2", new ReplicaReading(1, 0, 8)));
        FlowSample flow = new FlowSample(
                new RouteId("regions/r1/routes/m-1"),
                new SiteId("regions/r2/sites/s1"),
                new PerSecond(4),
                Millis.NONE,
                new Ratio(0));
        return new GatewayMessage.Traffic(3, List.of(node), List.of(load), List.of(flow));
    }

    private static String refusal(PeerReader.Peer from, GatewayMessage message) {
        return assertThrows(MalformedMessage.class, () -> through(new PeerReader(from), message))
                .getMessage();
    }

    @Test
    void aPeerSpeaksOfItsOwnOnlyAndOnlyTheCoordinatorOrders() {
        NodeId foreign = new NodeId("regions/r2/sites/s1/nodes/n1");
        assertTrue(refusal(OTHER, traffic(0.5, foreign)).contains("expected what gateways/r1 owns"));
        assertTrue(refusal(OTHER, new GatewayMessage.NodesLost(3, "regions/r1/failovers/fo-1", List.of(foreign)))
                .contains(foreign.name()));
        var site = new RandomObjects(1).region();
        assertTrue(refusal(OTHER, new GatewayMessage.All(3, 1, 1, List.of(model())))
                .contains("models/"));
        assertTrue(refusal(
                        OTHER,
                        new GatewayMessage.Order(
                                3, 1, new GatewayOrder.AskInFlight(new OperationId("operations/op-1"), NODE)))
                .contains("none but the coordinator's"));
        assertTrue(refusal(OTHER, traffic(1.5, NODE)).contains("utilization"), site::toString);
    }

    private static LatticeObject model() {
        RandomObjects random = new RandomObjects(2);
        LatticeObject object = random.object();
        while (!(object instanceof io.latticeconsole.lattice.Model)) {
            object = random.object();
        }
        return object;
    }

    @Test
    void columnsOfUnlikeLengthAndPartsThatDoNotFollowAreRefused() {
        TellRequest odd = TellRequest.newBuilder()
                .setLoads(PeerLoads.newBuilder().addReplicas(REPLICA.name()))
                .build();
        assertTrue(assertThrows(MalformedMessage.class, () -> new PeerReader(OTHER).read(odd))
                .getMessage()
                .contains("columns of one length"));
        List<TellRequest> parts = PeerCodec.toProto(new GatewayMessage.All(3, 17, 4, objects(20_000)));
        PeerReader reader = new PeerReader(COORDINATOR);
        assertNull(reader.read(parts.getFirst()));
        TellRequest other =
                PeerCodec.toProto(new GatewayMessage.Heartbeat(3, 1, 1)).getFirst();
        assertThrows(MalformedMessage.class, () -> reader.read(other));
    }

    @Test
    void aDamagedWordIsReadOrRefusedAndNothingElse() {
        Random damage = new Random(8);
        List<TellRequest> words = new ArrayList<>(PeerCodec.toProto(new GatewayMessage.All(3, 1, 1, objects(3))));
        words.addAll(PeerCodec.toProto(traffic(0.5, NODE)));
        words.addAll(PeerCodec.toProto(new GatewayMessage.Order(
                3, 1, new GatewayOrder.SetAdmission(new OperationId("operations/op-1"), NODE, 1))));
        int refused = 0;
        int readings = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = words.get(damage.nextInt(words.size())).toByteArray();
            for (int flips = 1 + damage.nextInt(4); flips > 0; flips--) {
                bytes[damage.nextInt(bytes.length)] ^= (byte) (1 << damage.nextInt(8));
            }
            try {
                new PeerReader(COORDINATOR).read(TellRequest.parseFrom(bytes));
                readings++;
            } catch (MalformedMessage | InvalidProtocolBufferException e) {
                refused++;
            }
        }
        assertTrue(refused > 500, "refused only " + refused);
        assertTrue(readings > 500, "read only " + readings);
    }
}
