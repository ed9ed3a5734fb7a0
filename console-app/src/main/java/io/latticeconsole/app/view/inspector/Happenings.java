package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.control.PhaseStep;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationPhase;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.PerSecond;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The open operations and the latest failover of an object.
final class Happenings {
    /// How long a failover that is over stays in the inspector.
    private static final Duration RECENT = Duration.ofMinutes(10);

    private Happenings() {}

    static List<Section> of(Seen seen, ResourceName object) {
        List<Section> sections = new ArrayList<>();
        Instant now = seen.latticeNow();
        seen.state().operations().values().stream()
                .filter(o -> !o.state().isFinal() && o.targets().stream().anyMatch(t -> concerns(t, object)))
                .sorted(Comparator.comparing(Operation::start))
                .forEach(o -> sections.add(operation(o, now)));
        seen.state().failovers().values().stream()
                .filter(f -> concerns(f.subject(), object) && isRecent(f, now))
                .max(Comparator.comparing(Failover::loss))
                .ifPresent(f -> sections.add(failover(seen, f, now)));
        return sections;
    }

    private static boolean concerns(ResourceName target, ResourceName object) {
        return target.equals(object)
                || (object instanceof NodeId node && node.site().equals(target));
    }

    private static boolean isRecent(Failover f, @Nullable Instant now) {
        Instant over = f.reached().get(FailoverPhase.RECOVERED);
        return over == null || now == null || Duration.between(over, now).compareTo(RECENT) < 0;
    }

    private static String code(String name) {
        return name.substring(name.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT);
    }

    private static Section operation(Operation o, @Nullable Instant now) {
        List<PhaseStep> steps = new ArrayList<>();
        for (OperationPhase p : o.phases()) {
            boolean done = p.end() != null;
            steps.add(new PhaseStep(
                    PaneText.orElse("phase." + p.phase(), p.phase().toLowerCase(Locale.ROOT)),
                    p.start() == null ? "" : span(p.start(), p.end(), now),
                    p.start() == null ? Double.NaN : done ? 1 : p.progress()));
        }
        var progress = o.progress();
        List<Section.Fact> facts = new ArrayList<>();
        facts.add(new Section.Fact(PaneText.of("fact.state"), PaneText.of("operation.state", o.state())));
        facts.add(new Section.Fact(PaneText.of("metric.IN_FLIGHT"), Figures.count(progress.inFlight())));
        facts.add(new Section.Fact(PaneText.of("fact.orderedBy"), o.operator()));
        if (!o.reason().isEmpty()) {
            facts.add(new Section.Fact(PaneText.of("fact.reason"), o.reason()));
        }
        String kind = PaneText.of("operation.kind." + o.spec().getClass().getSimpleName());
        return new Section.Steps(
                (kind + " " + code(o.id().name())).toUpperCase(Locale.ROOT),
                span(o.start(), o.end(), now),
                steps,
                facts);
    }

    private static Section failover(Seen seen, Failover f, @Nullable Instant now) {
        List<PhaseStep> steps = new ArrayList<>();
        Instant before = f.loss();
        for (FailoverPhase phase : FailoverPhase.values()) {
            Map<FailoverPhase, Instant> reached = f.reached();
            Instant end = reached.get(phase);
            boolean running = end == null && phase == f.phase();
            String time = end == null && !running ? "" : span(before, end, now);
            steps.add(new PhaseStep(
                    PaneText.of("failover.phase", phase), time, end != null ? 1 : running ? 0.5 : Double.NaN));
            before = end == null ? before : end;
        }
        List<Section.Fact> facts = new ArrayList<>();
        facts.add(new Section.Fact(PaneText.of("fact.atLoss"), Figures.count(f.inFlightAtLoss())));
        facts.add(new Section.Fact(PaneText.of("fact.retried"), Figures.count(f.retried())));
        facts.add(new Section.Fact(PaneText.of("fact.migrated"), Figures.count(f.migrated())));
        facts.add(new Section.Fact(PaneText.of("fact.lost"), Figures.count(f.lost())));
        String went = f.effects().isEmpty() ? "fact.goesTo" : "fact.wentTo";
        f.takers()
                .forEach(e -> facts.add(new Section.Fact(
                        PaneText.of(
                                went,
                                ObjectNames.site(seen.lattice(), e.site()),
                                e.model().code()),
                        "+" + Figures.text(new PerSecond(e.change())))));
        Instant over = f.reached().get(FailoverPhase.RECOVERED);
        String heading = PaneText.of("inspector.failover", code(f.id().name()));
        return new Section.Steps(heading, span(f.loss(), over, now), steps, facts);
    }

    private static String span(Instant from, @Nullable Instant to, @Nullable Instant now) {
        Instant until = to != null ? to : now;
        return until == null ? "" : Times.age(Duration.between(from, until)) + (to == null ? " …" : "");
    }
}
