package io.latticeconsole.codec;

import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.Premise;
import io.latticeconsole.plan.Violation;
import io.latticeconsole.plan.ViolationKind;

/// Plans, to and from messages.
public final class PlanCodec {
    private PlanCodec() {}

    public static io.latticeconsole.proto.v1.Plan toProto(Plan o) {
        var message = io.latticeconsole.proto.v1.Plan.newBuilder()
                .setName(o.name())
                .setPlanHash(o.hash())
                .setSpec(SpecCodec.toProto(o.spec()))
                .addAllTargets(SpecCodec.names(o.targets()))
                .addAllEffects(EffectCodec.effects(o.effects()))
                .addAllPlacements(EffectCodec.placements(o.placements()))
                .setDurationLowSeconds(o.durationLowSeconds())
                .setDurationHighSeconds(o.durationHighSeconds())
                .setInFlight(o.inFlight())
                .setStreamsThatCannotMigrate(o.streamsThatCannotMigrate())
                .setCacheGivenUpTokens(o.cacheGivenUpTokens())
                .addAllNotes(o.notes());
        o.premises().forEach(p -> message.addPremises(premise(p)));
        o.violations().forEach(v -> message.addViolations(violation(v)));
        if (o.deadline() != null) {
            message.setDeadline(Times.span(o.deadline()));
        }
        return message.build();
    }

    private static io.latticeconsole.proto.v1.Premise premise(Premise o) {
        return io.latticeconsole.proto.v1.Premise.newBuilder()
                .setResource(o.resource())
                .setEtag(o.etag())
                .build();
    }

    private static io.latticeconsole.proto.v1.Violation violation(Violation o) {
        return io.latticeconsole.proto.v1.Violation.newBuilder()
                .setKind(o.kind().name())
                .setSubject(o.subject())
                .setDescription(o.description())
                .setPresentBefore(o.presentBefore())
                .build();
    }

    /// @throws MalformedMessage for what the contract does not allow
    public static Plan fromProto(io.latticeconsole.proto.v1.Plan m, Cursor at) {
        at.present("spec", m.hasSpec());
        return new Plan(
                m.getName(),
                at.text("plan_hash", m.getPlanHash()),
                SpecCodec.fromProto(m.getSpec(), at.field("spec")),
                at.names("targets", m.getTargetsList(), ResourceName::parse),
                at.list("premises", m.getPremisesList(), (p, here) -> new Premise(p.getResource(), p.getEtag())),
                at.list("effects", m.getEffectsList(), EffectCodec::effect),
                at.list("violations", m.getViolationsList(), PlanCodec::violation),
                at.list("placements", m.getPlacementsList(), EffectCodec::placement),
                at.reading("duration_low_seconds", m.getDurationLowSeconds()),
                at.reading("duration_high_seconds", m.getDurationHighSeconds()),
                at.count("in_flight", m.getInFlight()),
                at.count("streams_that_cannot_migrate", m.getStreamsThatCannotMigrate()),
                at.reading("cache_given_up_tokens", m.getCacheGivenUpTokens()),
                at.optionalSpan("deadline", m.hasDeadline(), m.getDeadline()),
                m.getNotesList());
    }

    private static Violation violation(io.latticeconsole.proto.v1.Violation m, Cursor at) {
        return new Violation(
                at.constant("kind", m.getKind(), ViolationKind.class),
                m.getSubject(),
                m.getDescription(),
                m.getPresentBefore());
    }
}
