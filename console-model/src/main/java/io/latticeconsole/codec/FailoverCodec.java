package io.latticeconsole.codec;

import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.FailoverPhase;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Failovers, to and from messages.
public final class FailoverCodec {
    private static final Pattern NAME = Pattern.compile("regions/[a-z0-9-]+/failovers/[A-Za-z0-9._-]+");

    private FailoverCodec() {}

    public static io.latticeconsole.proto.v1.Failover toProto(Failover o) {
        var message = io.latticeconsole.proto.v1.Failover.newBuilder()
                .setName(o.id().name())
                .setSubject(o.subject().name())
                .setCause(o.cause())
                .setLossTime(Times.timestamp(o.loss()))
                .setPhase(o.phase().name())
                .setInFlightAtLoss(o.inFlightAtLoss())
                .setRetried(o.retried())
                .setMigrated(o.migrated())
                .setLost(o.lost())
                .addAllEffects(EffectCodec.effects(o.effects()))
                .addAllPlacements(EffectCodec.placements(o.placements()))
                .addAllPredicted(EffectCodec.effects(o.predicted()));
        o.reached().forEach((phase, time) -> {
            var timestamp = Times.timestamp(time);
            var _ = switch (phase) {
                case DETECT -> message.setDetectTime(timestamp);
                case DECIDE -> message.setDecideTime(timestamp);
                case REROUTE -> message.setRerouteTime(timestamp);
                case WARM -> message.setWarmTime(timestamp);
                case RECOVERED -> message.setRecoveredTime(timestamp);
            };
        });
        return message.build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static Failover fromProto(io.latticeconsole.proto.v1.Failover m, Cursor at) {
        return new Failover(
                new FailoverId(at.formed("name", m.getName(), NAME)),
                at.named("subject", m.getSubject(), ResourceName::parse),
                m.getCause(),
                at.time("loss_time", m.hasLossTime(), m.getLossTime()),
                at.constant("phase", m.getPhase(), FailoverPhase.class),
                reached(m, at),
                at.count("in_flight_at_loss", m.getInFlightAtLoss()),
                at.count("retried", m.getRetried()),
                at.count("migrated", m.getMigrated()),
                at.count("lost", m.getLost()),
                at.list("effects", m.getEffectsList(), EffectCodec::effect),
                at.list("placements", m.getPlacementsList(), EffectCodec::placement),
                at.list("predicted", m.getPredictedList(), EffectCodec::effect));
    }

    private static Map<FailoverPhase, Instant> reached(io.latticeconsole.proto.v1.Failover m, Cursor at) {
        Map<FailoverPhase, Instant> reached = new EnumMap<>(FailoverPhase.class);
        for (FailoverPhase phase : FailoverPhase.values()) {
            Instant time = reached(phase, m, at);
            if (time != null) {
                reached.put(phase, time);
            }
        }
        return reached;
    }

    private static @Nullable Instant reached(FailoverPhase phase, io.latticeconsole.proto.v1.Failover m, Cursor at) {
        return switch (phase) {
            case DETECT -> at.optionalTime("detect_time", m.hasDetectTime(), m.getDetectTime());
            case DECIDE -> at.optionalTime("decide_time", m.hasDecideTime(), m.getDecideTime());
            case REROUTE -> at.optionalTime("reroute_time", m.hasRerouteTime(), m.getRerouteTime());
            case WARM -> at.optionalTime("warm_time", m.hasWarmTime(), m.getWarmTime());
            case RECOVERED -> at.optionalTime("recovered_time", m.hasRecoveredTime(), m.getRecoveredTime());
        };
    }
}
