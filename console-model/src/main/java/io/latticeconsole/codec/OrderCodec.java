package io.latticeconsole.codec;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.proto.v1.AbortRequestsOrder;
import io.latticeconsole.proto.v1.AskInFlightOrder;
import io.latticeconsole.proto.v1.MoveStreamsOrder;
import io.latticeconsole.proto.v1.PeerAnswer;
import io.latticeconsole.proto.v1.PeerOrder;
import io.latticeconsole.proto.v1.PlaceReplicaOrder;
import io.latticeconsole.proto.v1.ProbeReplicaOrder;
import io.latticeconsole.proto.v1.RetireReplicaOrder;
import io.latticeconsole.proto.v1.SetAdminStateOrder;
import io.latticeconsole.proto.v1.SetAdmissionOrder;
import io.latticeconsole.proto.v1.SetRouteOrder;
import io.latticeconsole.unit.Millis;

/// A coordinator's orders to gateways and their answers, to and from messages.
public final class OrderCodec {
    private static final int MOST_NAMES = 100_000;

    private OrderCodec() {}

    public static PeerOrder toProto(long orderId, GatewayOrder order) {
        var m = PeerOrder.newBuilder()
                .setOrderId(orderId)
                .setOperation(order.operation().name());
        var _ = switch (order) {
            case GatewayOrder.SetAdminState o ->
                m.setSetAdminState(SetAdminStateOrder.newBuilder()
                        .setNode(o.node().name())
                        .setState(Enums.ADMIN_STATE.encode(o.state()))
                        .setReason(o.why()));
            case GatewayOrder.PlaceReplica o ->
                m.setPlaceReplica(PlaceReplicaOrder.newBuilder()
                        .setReplica(o.replica().name())
                        .setModel(o.model().name())
                        .setVersion(o.version()));
            case GatewayOrder.RetireReplica o ->
                m.setRetireReplica(
                        RetireReplicaOrder.newBuilder().setReplica(o.replica().name()));
            case GatewayOrder.SetAdmission o ->
                m.setSetAdmission(SetAdmissionOrder.newBuilder()
                        .setSubject(o.subject().name())
                        .setWeight(o.weight()));
            case GatewayOrder.SetRoute o ->
                m.setSetRoute(SetRouteOrder.newBuilder().setRoute(ObjectsToProto.route(o.route())));
            case GatewayOrder.AskInFlight o ->
                m.setAskInFlight(AskInFlightOrder.newBuilder().setNode(o.node().name()));
            case GatewayOrder.MoveStreams o ->
                m.setMoveStreams(MoveStreamsOrder.newBuilder().setNode(o.node().name()));
            case GatewayOrder.AbortRequests o ->
                m.setAbortRequests(
                        AbortRequestsOrder.newBuilder().setNode(o.node().name()));
            case GatewayOrder.ProbeReplica o ->
                m.setProbeReplica(
                        ProbeReplicaOrder.newBuilder().setReplica(o.replica().name()));
        };
        return m.build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static GatewayOrder fromProto(PeerOrder m, Cursor at) {
        OperationId operation = OperationCodec.id("operation", m.getOperation(), at);
        return switch (m.getOrderCase()) {
            case SET_ADMIN_STATE -> admin(operation, m.getSetAdminState(), at.field("set_admin_state"));
            case PLACE_REPLICA -> place(operation, m.getPlaceReplica(), at.field("place_replica"));
            case RETIRE_REPLICA ->
                new GatewayOrder.RetireReplica(
                        operation,
                        replica(at.field("retire_replica"), m.getRetireReplica().getReplica()));
            case SET_ADMISSION -> admission(operation, m.getSetAdmission(), at.field("set_admission"));
            case SET_ROUTE -> {
                at.field("set_route").present("route", m.getSetRoute().hasRoute());
                yield new GatewayOrder.SetRoute(
                        operation,
                        ObjectsFromProto.route(
                                m.getSetRoute().getRoute(),
                                at.field("set_route").field("route")));
            }
            case ASK_IN_FLIGHT ->
                new GatewayOrder.AskInFlight(
                        operation,
                        node(at.field("ask_in_flight"), m.getAskInFlight().getNode()));
            case MOVE_STREAMS ->
                new GatewayOrder.MoveStreams(
                        operation,
                        node(at.field("move_streams"), m.getMoveStreams().getNode()));
            case ABORT_REQUESTS ->
                new GatewayOrder.AbortRequests(
                        operation,
                        node(at.field("abort_requests"), m.getAbortRequests().getNode()));
            case PROBE_REPLICA ->
                new GatewayOrder.ProbeReplica(
                        operation,
                        replica(at.field("probe_replica"), m.getProbeReplica().getReplica()));
            case ORDER_NOT_SET -> throw at.malformed("order", "nothing this version knows", "an order");
        };
    }

    private static GatewayOrder admin(OperationId operation, SetAdminStateOrder m, Cursor at) {
        return new GatewayOrder.SetAdminState(
                operation, node(at, m.getNode()), Enums.ADMIN_STATE.decode(at, "state", m.getState()), m.getReason());
    }

    private static GatewayOrder place(OperationId operation, PlaceReplicaOrder m, Cursor at) {
        return new GatewayOrder.PlaceReplica(
                operation,
                replica(at, m.getReplica()),
                at.named("model", m.getModel(), ModelId::new),
                at.text("version", m.getVersion()));
    }

    private static GatewayOrder admission(OperationId operation, SetAdmissionOrder m, Cursor at) {
        return new GatewayOrder.SetAdmission(
                operation,
                at.named("subject", m.getSubject(), ResourceName::parse),
                at.within("weight", m.getWeight(), 0, 1));
    }

    private static NodeId node(Cursor at, String name) {
        return at.named("node", name, NodeId::new);
    }

    private static ReplicaId replica(Cursor at, String name) {
        return at.named("replica", name, ReplicaId::new);
    }

    public static PeerAnswer toProto(GatewayAnswer o) {
        return PeerAnswer.newBuilder()
                .setOrderId(o.orderId())
                .setAccepted(o.accepted())
                .setMessage(o.message())
                .setInFlight(o.inFlight())
                .setQueued(o.queued())
                .setOldestAgeSeconds(o.oldestAgeSeconds())
                .setMigrated(o.migrated())
                .setAborted(o.aborted())
                .addAllCannotMigrate(o.cannotMigrate())
                .setProbeOk(o.probeOk())
                .setProbeTtftMs(o.probeTtft().value())
                .build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static GatewayAnswer fromProto(PeerAnswer m, GatewayId from, Cursor at) {
        if (m.getCannotMigrateCount() > MOST_NAMES) {
            throw at.malformed("cannot_migrate", m.getCannotMigrateCount() + " names", "at most " + MOST_NAMES);
        }
        return new GatewayAnswer(
                m.getOrderId(),
                from,
                m.getAccepted(),
                m.getMessage(),
                at.count("in_flight", m.getInFlight()),
                at.count("queued", m.getQueued()),
                at.positive("oldest_age_seconds", m.getOldestAgeSeconds()),
                at.count("migrated", m.getMigrated()),
                at.count("aborted", m.getAborted()),
                m.getCannotMigrateList(),
                m.getProbeOk(),
                new Millis(at.reading("probe_ttft_ms", m.getProbeTtftMs(), 0, Double.MAX_VALUE)));
    }
}
