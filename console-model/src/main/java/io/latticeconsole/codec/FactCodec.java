package io.latticeconsole.codec;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.proto.v1.Change;
import io.latticeconsole.proto.v1.Delta;
import io.latticeconsole.proto.v1.Event;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// Facts, to and from changes and events.
///
/// A removal is carried as a resource name; an arm's is `arms/<plan_hash>`, a fault's `faults/f-3`.
public final class FactCodec {
    private static final String ARMS = "arms/";
    private static final Pattern FAULT_NAME = Pattern.compile("faults/[A-Za-z0-9._-]+");

    private FactCodec() {}

    /// A delta with those facts: new states as changes, logged events as events, each in the order given.
    public static Delta delta(
            String epoch,
            long revision,
            long nodeTableRevision,
            Instant latticeTime,
            Instant wallTime,
            List<Fact> facts) {
        var message = Delta.newBuilder()
                .setEpoch(epoch)
                .setRevision(revision)
                .setNodeTableRevision(nodeTableRevision)
                .setLatticeTime(Times.timestamp(latticeTime))
                .setWallTime(Times.timestamp(wallTime));
        for (Fact fact : facts) {
            if (fact instanceof Fact.EventLogged(EventRecord event)) {
                message.addEvents(toProto(event));
            } else {
                message.addChanges(toProto(fact));
            }
        }
        return message.build();
    }

    /// A fact as a change.
    ///
    /// @throws IllegalArgumentException for an event, which is no change
    public static Change toProto(Fact fact) {
        var message = Change.newBuilder();
        return switch (fact) {
            case Fact.LatticeChanged(LatticeEvent event) -> change(event);
            case Fact.EndpointChanged(var info) ->
                message.setLattice(EndpointCodec.toProto(info)).build();
            case Fact.OperationChanged(var operation) ->
                message.setOperation(OperationCodec.toProto(operation)).build();
            case Fact.FailoverChanged(var failover) ->
                message.setFailover(FailoverCodec.toProto(failover)).build();
            case Fact.ArmTaken(var arm) ->
                message.setArm(OperationCodec.toProto(arm)).build();
            case Fact.ArmReleased(var planHash) ->
                message.setRemoved(ARMS + planHash).build();
            case Fact.FaultChanged(var fault) ->
                message.setFault(FaultCodec.toProto(fault)).build();
            case Fact.FaultRemoved(var name) -> message.setRemoved(name).build();
            case Fact.EventLogged(var event) ->
                throw new IllegalArgumentException("event " + event.seq() + " is no change");
        };
    }

    private static Change change(LatticeEvent event) {
        return switch (event) {
            case LatticeEvent.ObjectChanged(LatticeObject object) -> change(object);
            case LatticeEvent.ObjectRemoved(ResourceName id) ->
                Change.newBuilder().setRemoved(id.name()).build();
        };
    }

    private static Change change(LatticeObject object) {
        var message = Change.newBuilder();
        return switch (object) {
            case Region o -> message.setRegion(ObjectsToProto.region(o)).build();
            case Site o -> message.setSite(ObjectsToProto.site(o)).build();
            case Node o -> message.setNode(ObjectsToProto.node(o)).build();
            case Model o -> message.setModel(ObjectsToProto.model(o)).build();
            case Replica o -> message.setReplica(ObjectsToProto.replica(o)).build();
            case Route o -> message.setRoute(ObjectsToProto.route(o)).build();
            case NetworkPath o -> message.setPath(ObjectsToProto.path(o)).build();
        };
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static Fact fromProto(Change m, Cursor at) {
        return switch (m.getChangeCase()) {
            case LATTICE -> new Fact.EndpointChanged(EndpointCodec.fromProto(m.getLattice(), at.field("lattice")));
            case REGION -> changed(ObjectsFromProto.region(m.getRegion(), at.field("region")));
            case SITE -> changed(ObjectsFromProto.site(m.getSite(), at.field("site")));
            case NODE -> changed(ObjectsFromProto.node(m.getNode(), at.field("node")));
            case MODEL -> changed(ObjectsFromProto.model(m.getModel(), at.field("model")));
            case REPLICA -> changed(ObjectsFromProto.replica(m.getReplica(), at.field("replica")));
            case ROUTE -> changed(ObjectsFromProto.route(m.getRoute(), at.field("route")));
            case PATH -> changed(ObjectsFromProto.path(m.getPath(), at.field("path")));
            case OPERATION ->
                new Fact.OperationChanged(OperationCodec.fromProto(m.getOperation(), at.field("operation")));
            case FAILOVER -> new Fact.FailoverChanged(FailoverCodec.fromProto(m.getFailover(), at.field("failover")));
            case ARM -> new Fact.ArmTaken(OperationCodec.fromProto(m.getArm(), at.field("arm")));
            case FAULT -> new Fact.FaultChanged(FaultCodec.fromProto(m.getFault(), at.field("fault")));
            case REMOVED -> removed(m.getRemoved(), at);
            case CHANGE_NOT_SET -> throw at.malformed("change", "nothing of this contract", "an object or a removal");
        };
    }

    private static Fact changed(LatticeObject object) {
        return new Fact.LatticeChanged(new LatticeEvent.ObjectChanged(object));
    }

    private static Fact removed(String name, Cursor at) {
        if (name.startsWith(ARMS)) {
            return new Fact.ArmReleased(at.text("removed", name.substring(ARMS.length())));
        }
        if (FAULT_NAME.matcher(name).matches()) {
            return new Fact.FaultRemoved(name);
        }
        return new Fact.LatticeChanged(new LatticeEvent.ObjectRemoved(at.named("removed", name, ResourceName::parse)));
    }

    public static Event toProto(EventRecord o) {
        return Event.newBuilder()
                .setEventSeq(o.seq())
                .setLatticeTime(Times.timestamp(o.latticeTime()))
                .setWallTime(Times.timestamp(o.wallTime()))
                .setType(o.type())
                .setSeverity(Enums.SEVERITY.encode(o.severity()))
                .setSubject(o.subject())
                .setMessage(o.message())
                .setOperator(o.operator())
                .setCause(o.cause())
                .build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static EventRecord fromProto(Event m, Cursor at) {
        return new EventRecord(
                at.count("event_seq", m.getEventSeq()),
                at.time("lattice_time", m.hasLatticeTime(), m.getLatticeTime()),
                at.time("wall_time", m.hasWallTime(), m.getWallTime()),
                at.text("type", m.getType()),
                Enums.SEVERITY.decode(at, "severity", m.getSeverity()),
                m.getSubject(),
                m.getMessage(),
                m.getOperator(),
                m.getCause());
    }
}
