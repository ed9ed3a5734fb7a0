package io.latticeconsole.agent.gateway;

import io.latticeconsole.codec.Cursor;
import io.latticeconsole.codec.FactCodec;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.codec.OrderCodec;
import io.latticeconsole.codec.TrafficCodec;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.proto.v1.Change;
import io.latticeconsole.proto.v1.PeerLoads;
import io.latticeconsole.proto.v1.PeerMoved;
import io.latticeconsole.proto.v1.PeerNodesLost;
import io.latticeconsole.proto.v1.PeerOrder;
import io.latticeconsole.proto.v1.PeerTraffic;
import io.latticeconsole.proto.v1.TellRequest;
import io.latticeconsole.telemetry.FlowSample;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one peer's stream, in the order of its messages, and puts together what comes in parts. One thread.
final class PeerReader {
    private static final Cursor AT = Cursor.at("TellRequest");
    private static final Pattern FAILOVER = Pattern.compile("regions/[a-z0-9-]+/failovers/[A-Za-z0-9._-]+");

    /// More objects than any lattice has: whoever sends them does not end.
    private static final int MOST_OBJECTS = 200_000;

    private static final double MOST_MS = 1e12;

    private final Peer from;
    /// Whose word it is: a gateway's name, its region and that region's index in this gateway's configuration. Only the
    /// coordinator's models and orders count.
    record Peer(GatewayId gateway, RegionId region, int index, boolean coordinator) {
        private boolean owns(ResourceName name) {
            return name.equals(region)
                    || name.name().startsWith(region.name() + "/")
                    || (coordinator && name instanceof ModelId);
        }
    }

    private final List<Change> parts = new ArrayList<>();
    private PeerTraffic.Builder traffic = PeerTraffic.newBuilder();
    private boolean goesOn;
    private TellRequest.WordCase begun = TellRequest.WordCase.WORD_NOT_SET;

    PeerReader(Peer from) {
        this.from = from;
    }

    /// The next message's word; null where more parts of it have to come, and for what only a newer peer knows.
    ///
    /// @throws MalformedMessage naming the field that cannot be used
    @Nullable
    GatewayMessage read(TellRequest m) {
        if (goesOn && m.getWordCase() != begun) {
            throw AT.malformed("word", m.getWordCase(), "the rest of what " + begun + " began");
        }
        begun = m.getWordCase();
        return switch (begun) {
            case HEARTBEAT ->
                new GatewayMessage.Heartbeat(
                        from.index(),
                        m.getHeartbeat().getBoot(),
                        m.getHeartbeat().getRevision());
            case CHANGES -> changes(m);
            case ASK_ALL -> new GatewayMessage.AskAll(from.index());
            case ALL -> all(m);
            case LOADS -> loads(m.getLoads(), AT.field("loads"));
            case TRAFFIC -> traffic(m);
            case ORDER -> order(m.getOrder(), AT.field("order"));
            case ANSWER ->
                new GatewayMessage.Answer(OrderCodec.fromProto(m.getAnswer(), from.gateway(), AT.field("answer")));
            case NODES_LOST -> lost(m.getNodesLost(), AT.field("nodes_lost"));
            case MOVED -> moved(m.getMoved(), AT.field("moved"));
            case WORD_NOT_SET -> null;
        };
    }

    private @Nullable GatewayMessage changes(TellRequest m) {
        add("changes", m.getChanges().getChangesList());
        goesOn = !m.getChanges().getLast();
        if (goesOn) {
            return null;
        }
        Cursor at = AT.field("changes");
        List<LatticeEvent> events = at.list("changes", parts, this::event);
        parts.clear();
        return new GatewayMessage.Changes(from.index(), m.getChanges().getRevision(), events);
    }

    private @Nullable GatewayMessage all(TellRequest m) {
        add("all", m.getAll().getObjectsList());
        goesOn = !m.getAll().getLast();
        if (goesOn) {
            return null;
        }
        Cursor at = AT.field("all");
        List<LatticeObject> objects = at.list("objects", parts, this::object);
        parts.clear();
        return new GatewayMessage.All(
                from.index(), m.getAll().getBoot(), m.getAll().getRevision(), objects);
    }

    private void add(String field, List<Change> more) {
        atMost(field, parts.size() + more.size());
        more.stream()
                .filter(c -> c.getChangeCase() != Change.ChangeCase.CHANGE_NOT_SET)
                .forEach(parts::add);
    }

    private static void atMost(String field, int objects) {
        if (objects > MOST_OBJECTS) {
            throw AT.malformed(field, objects + " objects", "at most " + MOST_OBJECTS);
        }
    }

    private LatticeEvent event(Change change, Cursor at) {
        if (!(FactCodec.fromProto(change, at) instanceof Fact.LatticeChanged changed)) {
            throw at.malformed("change", change.getChangeCase(), "an object of a gateway's own");
        }
        ResourceName name = switch (changed.event()) {
            case LatticeEvent.ObjectChanged(LatticeObject object) -> object.id();
            case LatticeEvent.ObjectRemoved(ResourceName id) -> id;
        };
        own(at, "change", name);
        return changed.event();
    }

    private LatticeObject object(Change change, Cursor at) {
        if (event(change, at) instanceof LatticeEvent.ObjectChanged changed) {
            return changed.object();
        }
        throw at.malformed("change", change.getChangeCase(), "an object that is there");
    }

    private <T extends ResourceName> T own(Cursor at, String field, T name) {
        if (!from.owns(name)) {
            throw at.malformed(field, name, "what " + from.gateway() + " owns");
        }
        return name;
    }

    private @Nullable GatewayMessage order(PeerOrder m, Cursor at) {
        if (!from.coordinator()) {
            throw AT.malformed("order", "one of " + from.gateway(), "none but the coordinator's");
        }
        if (m.getOrderCase() == PeerOrder.OrderCase.ORDER_NOT_SET) {
            return null;
        }
        return new GatewayMessage.Order(from.index(), m.getOrderId(), OrderCodec.fromProto(m, at));
    }

    private GatewayMessage lost(PeerNodesLost m, Cursor at) {
        List<NodeId> nodes = at.names("nodes", m.getNodesList(), NodeId::new);
        nodes.forEach(n -> own(at, "nodes", n));
        return new GatewayMessage.NodesLost(from.index(), at.formed("failover", m.getFailover(), FAILOVER), nodes);
    }

    private GatewayMessage loads(PeerLoads m, Cursor at) {
        int n = m.getReplicasCount();
        if (m.getQueueMsCount() != n || m.getInFlightCount() != n || m.getSlownessCount() != n) {
            throw at.malformed(
                    "replicas",
                    n + " beside " + m.getQueueMsCount() + ", " + m.getInFlightCount() + " and " + m.getSlownessCount()
                            + " values",
                    "columns of one length");
        }
        float[] queue = new float[n];
        float[] inFlight = new float[n];
        float[] slowness = new float[n];
        for (int i = 0; i < n; i++) {
            Cursor here = at.item("replicas", i);
            queue[i] = (float) here.within("queue_ms", m.getQueueMs(i), 0, MOST_MS);
            inFlight[i] = (float) here.within("in_flight", m.getInFlight(i), 0, MOST_MS);
            slowness[i] = (float) here.within("slowness", m.getSlowness(i), 0, MOST_MS);
        }
        List<ReplicaId> replicas = at.names("replicas", m.getReplicasList(), ReplicaId::new);
        replicas.forEach(r -> own(at, "replicas", r));
        return new GatewayMessage.Loads(from.index(), replicas, queue, inFlight, slowness);
    }

    private @Nullable GatewayMessage traffic(TellRequest m) {
        traffic.mergeFrom(m.getTraffic());
        atMost("traffic", traffic.getNodesCount() + traffic.getFlowsCount());
        goesOn = m.getTraffic().getMore();
        if (goesOn) {
            return null;
        }
        PeerTraffic whole = traffic.build();
        traffic = PeerTraffic.newBuilder();
        return traffic(whole, AT.field("traffic"));
    }

    private GatewayMessage traffic(PeerTraffic m, Cursor at) {
        List<NodeId> nodes = at.list("nodes", m.getNodesList(), TrafficCodec::node);
        nodes.forEach(n -> own(at, "nodes", n));
        List<FlowSample> flows = at.list("flows", m.getFlowsList(), TrafficCodec::flow);
        flows.forEach(f -> own(at, "flows", f.route()));
        return new GatewayMessage.Traffic(
                from.index(), nodes, at.list("nodes", m.getNodesList(), TrafficCodec::load), flows);
    }

    private GatewayMessage moved(PeerMoved m, Cursor at) {
        return new GatewayMessage.Moved(
                from.index(),
                at.formed("failover", m.getFailover(), FAILOVER),
                at.count("in_flight", m.getInFlight()),
                at.count("retried", m.getRetried()),
                at.count("migrated", m.getMigrated()),
                at.count("lost", m.getLost()),
                at.count("open", m.getOpen()));
    }
}
