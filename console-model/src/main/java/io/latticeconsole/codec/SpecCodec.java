package io.latticeconsole.codec;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.proto.v1.DrainSpec;
import io.latticeconsole.proto.v1.RedeploySpec;
import io.latticeconsole.proto.v1.RerouteSpec;
import io.latticeconsole.proto.v1.RestoreSpec;
import java.util.List;

/// What operators ask for, to and from messages.
public final class SpecCodec {
    private static final double LARGEST_FACTOR = 1e6;

    private SpecCodec() {}

    public static io.latticeconsole.proto.v1.OperationSpec toProto(OperationSpec spec) {
        var message = io.latticeconsole.proto.v1.OperationSpec.newBuilder();
        return switch (spec) {
            case OperationSpec.Drain o -> message.setDrain(drain(o)).build();
            case OperationSpec.Restore o -> message.setRestore(restore(o)).build();
            case OperationSpec.Reroute o -> message.setReroute(reroute(o)).build();
            case OperationSpec.Redeploy o -> message.setRedeploy(redeploy(o)).build();
        };
    }

    static List<String> names(List<? extends ResourceName> names) {
        return names.stream().map(ResourceName::name).toList();
    }

    private static DrainSpec.Builder drain(OperationSpec.Drain o) {
        var message = DrainSpec.newBuilder()
                .addAllTargets(names(o.targets()))
                .setPolicy(Enums.DEADLINE_POLICY.encode(o.policy()));
        if (o.deadline() != null) {
            message.setDeadline(Times.span(o.deadline()));
        }
        return message;
    }

    private static RestoreSpec.Builder restore(OperationSpec.Restore o) {
        var message = RestoreSpec.newBuilder().addAllTargets(names(o.targets()));
        if (o.slowStart() != null) {
            message.setSlowStart(Times.span(o.slowStart()));
        }
        return message;
    }

    private static RerouteSpec.Builder reroute(OperationSpec.Reroute o) {
        var message = RerouteSpec.newBuilder()
                .setRoute(o.route().name())
                .setRouteEtag(o.routeEtag())
                .setMode(Enums.ROUTE_MODE.encode(o.mode()))
                .addAllWeights(ObjectsToProto.weights(o.weights()))
                .setRampPerSecond(o.rampPerSecond())
                .setKeepOnObjectiveBreak(o.keepOnObjectiveBreak());
        if (o.expireAfter() != null) {
            message.setExpireAfter(Times.span(o.expireAfter()));
        }
        return message;
    }

    private static RedeploySpec.Builder redeploy(OperationSpec.Redeploy o) {
        var message = RedeploySpec.newBuilder()
                .setModel(o.model().name())
                .setVersion(o.version())
                .addAllNodes(names(o.nodes()))
                .setCanaryShare(o.canaryShare())
                .setMaxErrorRatio(o.maxErrorRatio())
                .setMaxTtftFactor(o.maxTtftFactor())
                .setMaxSurge(o.maxSurge());
        if (o.bake() != null) {
            message.setBake(Times.span(o.bake()));
        }
        return message;
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static OperationSpec fromProto(io.latticeconsole.proto.v1.OperationSpec m, Cursor at) {
        return switch (m.getKindCase()) {
            case DRAIN -> drain(m.getDrain(), at.field("drain"));
            case RESTORE -> restore(m.getRestore(), at.field("restore"));
            case REROUTE -> reroute(m.getReroute(), at.field("reroute"));
            case REDEPLOY -> redeploy(m.getRedeploy(), at.field("redeploy"));
            case KIND_NOT_SET -> throw at.malformed("kind", "nothing", "drain, restore, reroute or redeploy");
        };
    }

    private static OperationSpec drain(DrainSpec m, Cursor at) {
        boolean unspecified = m.getPolicy() == io.latticeconsole.proto.v1.DeadlinePolicy.DEADLINE_POLICY_UNSPECIFIED;
        return new OperationSpec.Drain(
                at.names("targets", m.getTargetsList(), ResourceName::parse),
                at.optionalSpan("deadline", m.hasDeadline(), m.getDeadline()),
                unspecified ? DeadlinePolicy.EXTEND : Enums.DEADLINE_POLICY.decode(at, "policy", m.getPolicy()));
    }

    private static OperationSpec restore(RestoreSpec m, Cursor at) {
        return new OperationSpec.Restore(
                at.names("targets", m.getTargetsList(), ResourceName::parse),
                at.optionalSpan("slow_start", m.hasSlowStart(), m.getSlowStart()));
    }

    private static OperationSpec reroute(RerouteSpec m, Cursor at) {
        return new OperationSpec.Reroute(
                at.named("route", m.getRoute(), RouteId::new),
                m.getRouteEtag(),
                Enums.ROUTE_MODE.decode(at, "mode", m.getMode()),
                ObjectsFromProto.weights(m.getWeightsList(), at),
                at.within("ramp_per_second", m.getRampPerSecond(), 0, 1),
                at.optionalSpan("expire_after", m.hasExpireAfter(), m.getExpireAfter()),
                m.getKeepOnObjectiveBreak());
    }

    private static OperationSpec redeploy(RedeploySpec m, Cursor at) {
        return new OperationSpec.Redeploy(
                at.named("model", m.getModel(), ModelId::new),
                at.text("version", m.getVersion()),
                at.names("nodes", m.getNodesList(), NodeId::new),
                at.within("canary_share", m.getCanaryShare(), 0, 1),
                at.optionalSpan("bake", m.hasBake(), m.getBake()),
                at.within("max_error_ratio", m.getMaxErrorRatio(), 0, 1),
                at.within("max_ttft_factor", m.getMaxTtftFactor(), 0, LARGEST_FACTOR),
                at.count("max_surge", m.getMaxSurge()));
    }
}
