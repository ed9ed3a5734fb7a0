package io.latticeconsole.app.view.failovers;

import io.latticeconsole.app.control.PhaseStep;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.PerSecond;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A failover as an operator reads it. `destinations` says where the traffic went, `placements` what is being
/// loaded for it.
public record FailoverText(
        String code,
        String subject,
        String cause,
        String lostAt,
        String total,
        String phase,
        List<PhaseStep> phases,
        String inFlight,
        String retried,
        String migrated,
        String lost,
        String destinations,
        String placements,
        boolean open,
        boolean anyLost) {
    public FailoverText {
        phases = List.copyOf(phases);
    }

    static FailoverText of(LatticeState lattice, Failover f, @Nullable Instant latticeNow) {
        boolean open = f.phase() != FailoverPhase.RECOVERED || !f.reached().containsKey(FailoverPhase.RECOVERED);
        Instant recovered = f.reached().get(FailoverPhase.RECOVERED);
        Instant until = recovered != null ? recovered : latticeNow;
        String name = f.id().name();
        return new FailoverText(
                name.substring(name.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT),
                ObjectNames.of(lattice, f.subject()),
                ObjectNames.inText(lattice, f.cause()),
                Times.utc(f.loss()),
                until == null ? "" : Times.age(Duration.between(f.loss(), until)) + (open ? " …" : ""),
                PaneText.of("failover.phase", f.phase()),
                phases(f, latticeNow),
                Figures.count(f.inFlightAtLoss()),
                Figures.count(f.retried()),
                Figures.count(f.migrated()),
                Figures.count(f.lost()),
                destinations(lattice, f),
                f.placements().stream().map(p -> placement(lattice, p)).collect(Collectors.joining(" · ")),
                open,
                f.lost() > 0);
    }

    /// Each phase with its own time: from the end of the phase before, or the loss, to its end.
    private static List<PhaseStep> phases(Failover f, @Nullable Instant latticeNow) {
        List<PhaseStep> steps = new ArrayList<>();
        Instant before = f.loss();
        boolean running = true;
        for (FailoverPhase phase : FailoverPhase.values()) {
            Instant end = f.reached().get(phase);
            String name = PaneText.of("failover.phase", phase);
            if (end != null) {
                steps.add(new PhaseStep(name, Times.age(Duration.between(before, end)), 1));
                before = end;
            } else if (running && phase == f.phase()) {
                String time = latticeNow == null ? "" : Times.age(Duration.between(before, latticeNow)) + " …";
                steps.add(new PhaseStep(name, time, 0.5));
                running = false;
            } else {
                steps.add(new PhaseStep(name, "", Double.NaN));
            }
        }
        return steps;
    }

    private static String destinations(LatticeState lattice, Failover f) {
        String all = f.takers().stream().map(e -> destination(lattice, e)).collect(Collectors.joining(" · "));
        return f.effects().isEmpty() && !all.isEmpty() ? PaneText.of("failover.expected", all) : all;
    }

    private static String destination(LatticeState lattice, SiteEffect e) {
        return ObjectNames.site(lattice, e.site()) + " " + e.model().code() + " +"
                + Figures.text(new PerSecond(e.change()));
    }

    private static String placement(LatticeState lattice, Placement p) {
        return PaneText.of("failover.placement", p.model().code(), ObjectNames.of(lattice, p.node()));
    }
}
