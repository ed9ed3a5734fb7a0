package io.latticeconsole.agent.gateway;

import com.google.protobuf.MessageLite;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.codec.OrderCodec;
import io.latticeconsole.codec.TrafficCodec;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.proto.v1.Change;
import io.latticeconsole.proto.v1.PeerAll;
import io.latticeconsole.proto.v1.PeerAskAll;
import io.latticeconsole.proto.v1.PeerChanges;
import io.latticeconsole.proto.v1.PeerFlow;
import io.latticeconsole.proto.v1.PeerHeartbeat;
import io.latticeconsole.proto.v1.PeerLoads;
import io.latticeconsole.proto.v1.PeerMoved;
import io.latticeconsole.proto.v1.PeerNodeLoad;
import io.latticeconsole.proto.v1.PeerNodesLost;
import io.latticeconsole.proto.v1.PeerTraffic;
import io.latticeconsole.proto.v1.TellRequest;
import io.latticeconsole.server.EndpointLimits;
import io.latticeconsole.telemetry.FlowSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// What gateways tell each other, as messages to send. What may be long goes in parts.
final class PeerCodec {
    private static final int PART_BYTES = EndpointLimits.MAX_MESSAGE_BYTES / 2;

    /// What a replica's load takes beside its name.
    private static final int LOAD_BYTES = 16;

    private PeerCodec() {}

    /// A word as one message or several that have to follow each other; lattice and sender are left to whoever sends.
    static List<TellRequest> toProto(GatewayMessage message) {
        return switch (message) {
            case GatewayMessage.Changes m ->
                parts(
                        m.events(),
                        (part, last) -> part.word()
                                .setChanges(PeerChanges.newBuilder()
                                        .setRevision(m.revision())
                                        .addAllChanges(part.changes())
                                        .setLast(last)));
            case GatewayMessage.All m ->
                parts(
                        m.objects().stream()
                                .<LatticeEvent>map(LatticeEvent.ObjectChanged::new)
                                .toList(),
                        (part, last) -> part.word()
                                .setAll(PeerAll.newBuilder()
                                        .setBoot(m.boot())
                                        .setRevision(m.revision())
                                        .addAllObjects(part.changes())
                                        .setLast(last)));
            case GatewayMessage.Loads m -> loads(m);
            case GatewayMessage.Traffic m -> traffic(m);
            case GatewayMessage.Heartbeat _,
                    GatewayMessage.AskAll _,
                    GatewayMessage.Order _,
                    GatewayMessage.Answer _,
                    GatewayMessage.NodesLost _,
                    GatewayMessage.Moved _ -> List.of(whole(message));
        };
    }

    private record Part(TellRequest.Builder word, List<Change> changes) {}

    private static List<TellRequest> parts(List<LatticeEvent> events, BiConsumer<Part, Boolean> write) {
        List<TellRequest> messages = new ArrayList<>();
        List<Change> part = new ArrayList<>();
        int bytes = 0;
        for (LatticeEvent event : events) {
            Change change = FactCodec.toProto(new Fact.LatticeChanged(event));
            if (bytes + change.getSerializedSize() > PART_BYTES && !part.isEmpty()) {
                messages.add(part(part, false, write));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(change);
            bytes += change.getSerializedSize();
        }
        messages.add(part(part, true, write));
        return messages;
    }

    private static TellRequest part(List<Change> changes, boolean last, BiConsumer<Part, Boolean> write) {
        TellRequest.Builder word = TellRequest.newBuilder();
        write.accept(new Part(word, changes), last);
        return word.build();
    }

    private static TellRequest whole(GatewayMessage message) {
        TellRequest.Builder word = TellRequest.newBuilder();
        return switch (message) {
            case GatewayMessage.Heartbeat m ->
                word.setHeartbeat(PeerHeartbeat.newBuilder().setBoot(m.boot()).setRevision(m.revision()))
                        .build();
            case GatewayMessage.AskAll _ ->
                word.setAskAll(PeerAskAll.getDefaultInstance()).build();
            case GatewayMessage.Order m ->
                word.setOrder(OrderCodec.toProto(m.orderId(), m.order())).build();
            case GatewayMessage.Answer m ->
                word.setAnswer(OrderCodec.toProto(m.answer())).build();
            case GatewayMessage.NodesLost m ->
                word.setNodesLost(PeerNodesLost.newBuilder()
                                .setFailover(m.failover())
                                .addAllNodes(
                                        m.nodes().stream().map(NodeId::name).toList()))
                        .build();
            case GatewayMessage.Moved m ->
                word.setMoved(PeerMoved.newBuilder()
                                .setFailover(m.failover())
                                .setInFlight(m.inFlight())
                                .setRetried(m.retried())
                                .setMigrated(m.migrated())
                                .setLost(m.lost())
                                .setOpen(m.open()))
                        .build();
            case GatewayMessage.Changes _, GatewayMessage.All _, GatewayMessage.Loads _, GatewayMessage.Traffic _ ->
                throw new IllegalArgumentException("goes in parts: " + message);
        };
    }

    /// Each message tells of other replicas and needs none of the others.
    private static List<TellRequest> loads(GatewayMessage.Loads m) {
        List<TellRequest> messages = new ArrayList<>();
        PeerLoads.Builder b = PeerLoads.newBuilder();
        int bytes = 0;
        for (int i = 0; i < m.replicas().size(); i++) {
            String name = m.replicas().get(i).name();
            bytes += name.length() + LOAD_BYTES;
            if (bytes > PART_BYTES) {
                messages.add(TellRequest.newBuilder().setLoads(b).build());
                b.clear();
                bytes = name.length() + LOAD_BYTES;
            }
            b.addReplicas(name)
                    .addQueueMs(m.queueMs()[i])
                    .addInFlight(m.inFlight()[i])
                    .addSlowness(m.slowness()[i]);
        }
        messages.add(TellRequest.newBuilder().setLoads(b).build());
        return messages;
    }

    private static List<TellRequest> traffic(GatewayMessage.Traffic m) {
        List<PeerTraffic.Builder> parts = new ArrayList<>(List.of(PeerTraffic.newBuilder()));
        int bytes = 0;
        for (int i = 0; i < m.nodes().size(); i++) {
            PeerNodeLoad load = TrafficCodec.toProto(m.nodes().get(i), m.loads().get(i));
            bytes = roomFor(load, bytes, parts);
            parts.getLast().addNodes(load);
        }
        for (FlowSample sample : m.flows()) {
            PeerFlow flow = TrafficCodec.toProto(sample);
            bytes = roomFor(flow, bytes, parts);
            parts.getLast().addFlows(flow);
        }
        return parts.stream()
                .map(p -> TellRequest.newBuilder().setTraffic(p).build())
                .toList();
    }

    /// Begins another part where a message does not fit into the last one; what that has then.
    private static int roomFor(MessageLite next, int bytes, List<PeerTraffic.Builder> parts) {
        int size = next.getSerializedSize();
        if (bytes > 0 && bytes + size > PART_BYTES) {
            parts.getLast().setMore(true);
            parts.add(PeerTraffic.newBuilder());
            return size;
        }
        return bytes + size;
    }
}
