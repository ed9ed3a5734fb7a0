package io.latticeconsole.codec;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.List;

/// Effects and placements of plans, operations and failovers, to and from messages.
final class EffectCodec {
    private EffectCodec() {}

    static List<io.latticeconsole.proto.v1.SiteEffect> effects(List<SiteEffect> effects) {
        return effects.stream().map(EffectCodec::effect).toList();
    }

    private static io.latticeconsole.proto.v1.SiteEffect effect(SiteEffect o) {
        var message = io.latticeconsole.proto.v1.SiteEffect.newBuilder()
                .setSite(o.site().name())
                .setModel(o.model().name())
                .setRequestsPerSecondBefore(o.before().value())
                .setRequestsPerSecondAfter(o.after().value())
                .setTtftP95MsBefore(finite(o.ttftP95Before().value()))
                .setTtftP95MsAfter(finite(o.ttftP95After().value()))
                .setHeadroomRatioBefore(o.headroomBefore().value())
                .setHeadroomRatioAfter(o.headroomAfter().value())
                .setPowerWattsAfter(o.powerAfter().value());
        if (Double.isFinite(o.objectiveP95Before().value())) {
            message.setObjectiveP95MsBefore(o.objectiveP95Before().value());
        }
        if (Double.isFinite(o.objectiveP95After().value())) {
            message.setObjectiveP95MsAfter(o.objectiveP95After().value());
        }
        return message.build();
    }

    /// An overloaded queue has no finite wait and the contract no infinity: head-room below 0 tells of it.
    private static double finite(double value) {
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    static SiteEffect effect(io.latticeconsole.proto.v1.SiteEffect m, Cursor at) {
        return new SiteEffect(
                at.named("site", m.getSite(), SiteId::new),
                at.named("model", m.getModel(), ModelId::new),
                new PerSecond(at.reading("requests_per_second_before", m.getRequestsPerSecondBefore())),
                new PerSecond(at.reading("requests_per_second_after", m.getRequestsPerSecondAfter())),
                new Millis(at.reading("ttft_p95_ms_before", m.getTtftP95MsBefore())),
                new Millis(at.reading("ttft_p95_ms_after", m.getTtftP95MsAfter())),
                new Ratio(at.reading("headroom_ratio_before", m.getHeadroomRatioBefore())),
                new Ratio(at.reading("headroom_ratio_after", m.getHeadroomRatioAfter())),
                new Watts(at.reading("power_watts_after", m.getPowerWattsAfter())),
                new Millis(
                        m.hasObjectiveP95MsBefore()
                                ? at.reading("objective_p95_ms_before", m.getObjectiveP95MsBefore())
                                : Double.NaN),
                new Millis(
                        m.hasObjectiveP95MsAfter()
                                ? at.reading("objective_p95_ms_after", m.getObjectiveP95MsAfter())
                                : Double.NaN));
    }

    static List<io.latticeconsole.proto.v1.Placement> placements(List<Placement> placements) {
        return placements.stream()
                .map(o -> io.latticeconsole.proto.v1.Placement.newBuilder()
                        .setModel(o.model().name())
                        .setNode(o.node().name())
                        .setLoadSeconds(o.loadSeconds())
                        .build())
                .toList();
    }

    static Placement placement(io.latticeconsole.proto.v1.Placement m, Cursor at) {
        return new Placement(
                at.named("model", m.getModel(), ModelId::new),
                at.named("node", m.getNode(), NodeId::new),
                at.reading("load_seconds", m.getLoadSeconds()));
    }
}
