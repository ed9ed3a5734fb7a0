package io.latticeconsole.agent.gateway;

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
import io.latticeconsole.proto.v1.PeerHeartbeat;
import io.latticeconsole.proto.v1.PeerLoads;
import io.latticeconsole.proto.v1.PeerMoved;
import io.latticeconsole.proto.v1.PeerNodesLost;
import io.latticeconsole.proto.v1.PeerTraffic;
import io.latticeconsole.proto.v1.TellRequest;
import io.latticeconsole.server.EndpointLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// What gateways tell each other, as messages to send. What may be long goes in parts.
final class PeerCodec {
    private static final int PART_BYTES = EndpointLimits.MAX_MESSAGE_BYTES / 2;

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
            case GatewayMessage.Heartbeat _,
                    GatewayMessage.AskAll _,
                    GatewayMessage.Loads _,
                    GatewayMessage.Traffic _,
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
            case GatewayMessage.Loads m -> word.setLoads(loads(m)).build();
            case GatewayMessage.Traffic m -> word.setTraffic(traffic(m)).build();
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
            case GatewayMessage.Changes _, GatewayMessage.All _ ->
                throw new IllegalArgumentException("goes in parts: " + message);
        };
    }

    private static PeerLoads loads(GatewayMessage.Loads m) {
        PeerLoads.Builder b = PeerLoads.newBuilder();
        for (int i = 0; i < m.replicas().size(); i++) {
            b.addReplicas(m.replicas().get(i).name())
                    .addQueueMs(m.queueMs()[i])
                    .addInFlight(m.inFlight()[i])
                    .addSlowness(m.slowness()[i]);
        }
        return b.build();
    }

    private static PeerTraffic traffic(GatewayMessage.Traffic m) {
        PeerTraffic.Builder b = PeerTraffic.newBuilder();
        for (int i = 0; i < m.nodes().size(); i++) {
            b.addNodes(TrafficCodec.toProto(m.nodes().get(i), m.loads().get(i)));
        }
        m.flows().forEach(f -> b.addFlows(TrafficCodec.toProto(f)));
        return b.build();
    }
}
