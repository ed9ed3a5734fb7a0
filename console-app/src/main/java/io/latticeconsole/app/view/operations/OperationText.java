package io.latticeconsole.app.view.operations;

import io.latticeconsole.app.control.PhaseStep;
import io.latticeconsole.app.format.Figure;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationPhase;
import io.latticeconsole.operation.OperationProgress;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.unit.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An operation as an operator reads it.
public record OperationText(
        String code,
        String kind,
        String targets,
        String state,
        String phase,
        String counters,
        String operator,
        String reason,
        String started,
        String lasted,
        String message,
        String hindsight,
        List<PhaseStep> phases) {
    private static final int MOST_NAMED = 2;

    public OperationText {
        phases = List.copyOf(phases);
    }

    static OperationText of(LatticeState lattice, Operation op, @Nullable Instant latticeNow) {
        Instant until = op.end() == null ? latticeNow : op.end();
        return new OperationText(
                code(op),
                PaneText.of("operation.kind." + op.spec().getClass().getSimpleName()),
                targets(lattice, op),
                PaneText.of("operation.state", op.state()),
                phaseName(op.phase()),
                counters(op),
                op.operator() + (op.operatorVerified() ? "" : " " + PaneText.of("operator.unverified")),
                op.reason(),
                Times.utc(op.start()),
                until == null ? Figure.NONE.text() : Times.seconds(Duration.between(op.start(), until)),
                message(lattice, op),
                HindsightText.of(lattice, op),
                phases(op, latticeNow));
    }

    /// A model with how many nodes of it are meant, or the objects themselves where they are few.
    private static String targets(LatticeState lattice, Operation op) {
        int nodes = (int) op.targets().stream().filter(NodeId.class::isInstance).count();
        List<String> names = op.targets().stream()
                .filter(t -> nodes <= MOST_NAMED || !(t instanceof NodeId))
                .map(t -> ObjectNames.of(lattice, t))
                .collect(Collectors.toList());
        if (nodes > MOST_NAMED) {
            names.add(PaneText.of("operation.nodes", count(nodes)));
        }
        return String.join(", ", names);
    }

    private static String message(LatticeState lattice, Operation op) {
        boolean goesOn = op.message().isEmpty() && !op.state().isFinal();
        String said = ObjectNames.inText(lattice, goesOn ? op.phaseDetail() : op.message());
        if (op.failureReason().isEmpty()) {
            return said;
        }
        String why = PaneText.reason(op.failureReason());
        return said.isEmpty() ? why : why + ": " + said;
    }

    static String code(Operation op) {
        return op.id().name().substring(op.id().name().lastIndexOf('/') + 1).toUpperCase(Locale.ROOT);
    }

    static String phaseName(String phase) {
        return PaneText.orElse("phase." + phase, phase.toLowerCase(Locale.ROOT));
    }

    /// The counts that say something about this kind of operation; those that are nothing are left out.
    static String counters(Operation op) {
        OperationProgress p = op.progress();
        List<String> parts = new ArrayList<>();
        if (op.countsInFlight()) {
            parts.add(PaneText.of("progress.inFlight", Figures.count(p.inFlight())));
            addCount(parts, "progress.queued", p.queued());
            if (p.oldestAgeSeconds() > 0) {
                parts.add(PaneText.of("progress.oldest", seconds(p.oldestAgeSeconds())));
            }
            addCount(parts, "progress.migrated", p.migrated());
            addCount(parts, "progress.aborted", p.aborted());
        }
        if (op.spec() instanceof OperationSpec.Reroute) {
            parts.add(PaneText.of("progress.moved", Figures.text(new Ratio(p.shareMoved()))));
        }
        if (p.replicasTotal() > 0) {
            parts.add(PaneText.of("progress.warm", count(p.replicasWarm()), count(p.replicasTotal())));
        }
        if (p.routersTotal() > 0) {
            parts.add(PaneText.of("progress.routers", count(p.routersConfirmed()), count(p.routersTotal())));
        }
        if (!op.state().isFinal() && p.secondsLeft() > 0) {
            parts.add(PaneText.of("progress.left", seconds(p.secondsLeft())));
        }
        return String.join(" · ", parts);
    }

    private static void addCount(List<String> parts, String key, int count) {
        if (count > 0) {
            parts.add(PaneText.of(key, count(count)));
        }
    }

    private static String count(int count) {
        return Figures.count(count);
    }

    private static String seconds(double seconds) {
        return Times.seconds(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static List<PhaseStep> phases(Operation op, @Nullable Instant latticeNow) {
        List<PhaseStep> steps = new ArrayList<>();
        for (OperationPhase phase : op.phases()) {
            Instant start = phase.start();
            Instant until = phase.end() != null ? phase.end() : op.end() != null ? op.end() : latticeNow;
            String time = start == null || until == null ? "" : Times.age(Duration.between(start, until));
            boolean open = start != null && phase.end() == null && op.end() == null;
            double progress = start == null ? Double.NaN : phase.end() != null ? 1 : phase.progress();
            steps.add(new PhaseStep(phaseName(phase.phase()), open ? time + " …" : time, progress));
        }
        return steps;
    }
}
