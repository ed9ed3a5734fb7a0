package io.latticeconsole.codec;

import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationPhase;
import io.latticeconsole.operation.OperationProgress;
import io.latticeconsole.unit.Ratio;
import java.util.List;
import java.util.regex.Pattern;

/// Operations and arms, to and from messages.
public final class OperationCodec {
    private static final Pattern OPERATION_NAME = Pattern.compile("operations/[A-Za-z0-9._-]+");

    private OperationCodec() {}

    public static io.latticeconsole.proto.v1.Operation toProto(Operation o) {
        var message = io.latticeconsole.proto.v1.Operation.newBuilder()
                .setName(o.id().name())
                .setSpec(SpecCodec.toProto(o.spec()))
                .addAllTargets(SpecCodec.names(o.targets()))
                .setState(Enums.OPERATION_STATE.encode(o.state()))
                .setPhase(o.phase())
                .addAllPhases(phases(o.phases()))
                .setProgress(progress(o.progress()))
                .setOperator(o.operator())
                .setOperatorVerified(o.operatorVerified())
                .setReason(o.reason())
                .setAcceptedRisk(o.acceptedRisk())
                .setFailureReason(o.failureReason())
                .setMessage(o.message())
                .setStartTime(Times.timestamp(o.start()))
                .addAllPredicted(EffectCodec.effects(o.predicted()))
                .setEtag(o.etag());
        if (o.end() != null) {
            message.setEndTime(Times.timestamp(o.end()));
        }
        if (o.hindsight() != null) {
            message.setHindsight(hindsight(o.hindsight()));
        }
        return message.build();
    }

    private static io.latticeconsole.proto.v1.Hindsight hindsight(Hindsight o) {
        var message = io.latticeconsole.proto.v1.Hindsight.newBuilder()
                .setMeasureTime(Times.timestamp(o.measured()))
                .addAllObserved(EffectCodec.effects(o.observed()))
                .setDurationLowSeconds(o.lowSeconds())
                .setDurationHighSeconds(o.highSeconds())
                .setDurationSeconds(o.seconds());
        if (o.loadError().isPresent()) {
            message.setLoadErrorRatio(o.loadError().value());
        }
        if (o.objectiveError().isPresent()) {
            message.setObjectiveErrorRatio(o.objectiveError().value());
        }
        return message.build();
    }

    private static List<io.latticeconsole.proto.v1.OperationPhase> phases(List<OperationPhase> phases) {
        return phases.stream().map(OperationCodec::phase).toList();
    }

    private static io.latticeconsole.proto.v1.OperationPhase phase(OperationPhase o) {
        var message = io.latticeconsole.proto.v1.OperationPhase.newBuilder()
                .setPhase(o.phase())
                .setProgress(o.progress())
                .setDetail(o.detail());
        if (o.start() != null) {
            message.setStartTime(Times.timestamp(o.start()));
        }
        if (o.end() != null) {
            message.setEndTime(Times.timestamp(o.end()));
        }
        return message.build();
    }

    private static io.latticeconsole.proto.v1.OperationProgress progress(OperationProgress o) {
        return io.latticeconsole.proto.v1.OperationProgress.newBuilder()
                .setInFlight(o.inFlight())
                .setQueued(o.queued())
                .setOldestAgeSeconds(o.oldestAgeSeconds())
                .setSecondsLeft(o.secondsLeft())
                .setRoutersConfirmed(o.routersConfirmed())
                .setRoutersTotal(o.routersTotal())
                .setReplicasWarm(o.replicasWarm())
                .setReplicasTotal(o.replicasTotal())
                .setMigrated(o.migrated())
                .setAborted(o.aborted())
                .setShareMoved(o.shareMoved())
                .build();
    }

    /// Reads an operation's name, `operations/op-12`.
    public static OperationId id(String name, Cursor at) {
        return id("name", name, at);
    }

    /// The same from a field of another name.
    static OperationId id(String field, String name, Cursor at) {
        return new OperationId(at.formed(field, name, OPERATION_NAME));
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static Operation fromProto(io.latticeconsole.proto.v1.Operation m, Cursor at) {
        at.present("spec", m.hasSpec());
        return new Operation(
                id(m.getName(), at),
                SpecCodec.fromProto(m.getSpec(), at.field("spec")),
                at.names("targets", m.getTargetsList(), ResourceName::parse),
                Enums.OPERATION_STATE.decode(at, "state", m.getState()),
                m.getPhase(),
                at.list("phases", m.getPhasesList(), OperationCodec::phase),
                m.hasProgress() ? progress(m.getProgress(), at.field("progress")) : OperationProgress.NONE,
                m.getOperator(),
                m.getOperatorVerified(),
                m.getReason(),
                m.getAcceptedRisk(),
                m.getFailureReason(),
                m.getMessage(),
                at.time("start_time", m.hasStartTime(), m.getStartTime()),
                at.optionalTime("end_time", m.hasEndTime(), m.getEndTime()),
                at.list("predicted", m.getPredictedList(), EffectCodec::effect),
                m.hasHindsight() ? hindsight(m.getHindsight(), at.field("hindsight")) : null,
                m.getEtag());
    }

    private static Hindsight hindsight(io.latticeconsole.proto.v1.Hindsight m, Cursor at) {
        return new Hindsight(
                at.time("measure_time", m.hasMeasureTime(), m.getMeasureTime()),
                at.list("observed", m.getObservedList(), EffectCodec::effect),
                new Ratio(m.hasLoadErrorRatio() ? at.positive("load_error_ratio", m.getLoadErrorRatio()) : Double.NaN),
                new Ratio(
                        m.hasObjectiveErrorRatio()
                                ? at.positive("objective_error_ratio", m.getObjectiveErrorRatio())
                                : Double.NaN),
                at.reading("duration_low_seconds", m.getDurationLowSeconds()),
                at.reading("duration_high_seconds", m.getDurationHighSeconds()),
                at.reading("duration_seconds", m.getDurationSeconds()));
    }

    private static OperationPhase phase(io.latticeconsole.proto.v1.OperationPhase m, Cursor at) {
        return new OperationPhase(
                at.text("phase", m.getPhase()),
                at.optionalTime("start_time", m.hasStartTime(), m.getStartTime()),
                at.optionalTime("end_time", m.hasEndTime(), m.getEndTime()),
                at.reading("progress", m.getProgress(), 0, 1.000001),
                m.getDetail());
    }

    private static OperationProgress progress(io.latticeconsole.proto.v1.OperationProgress m, Cursor at) {
        return new OperationProgress(
                at.count("in_flight", m.getInFlight()),
                at.count("queued", m.getQueued()),
                at.reading("oldest_age_seconds", m.getOldestAgeSeconds()),
                at.reading("seconds_left", m.getSecondsLeft()),
                at.count("routers_confirmed", m.getRoutersConfirmed()),
                at.count("routers_total", m.getRoutersTotal()),
                at.count("replicas_warm", m.getReplicasWarm()),
                at.count("replicas_total", m.getReplicasTotal()),
                at.count("migrated", m.getMigrated()),
                at.count("aborted", m.getAborted()),
                at.reading("share_moved", m.getShareMoved(), 0, 1.000001));
    }

    public static io.latticeconsole.proto.v1.Arm toProto(Arm o) {
        return io.latticeconsole.proto.v1.Arm.newBuilder()
                .setPlanHash(o.planHash())
                .addAllTargets(SpecCodec.names(o.targets()))
                .setHolder(o.holder())
                .setExpires(Times.timestamp(o.expires()))
                .build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static Arm fromProto(io.latticeconsole.proto.v1.Arm m, Cursor at) {
        return new Arm(
                at.text("plan_hash", m.getPlanHash()),
                at.names("targets", m.getTargetsList(), ResourceName::parse),
                m.getHolder(),
                at.time("expires", m.hasExpires(), m.getExpires()));
    }
}
