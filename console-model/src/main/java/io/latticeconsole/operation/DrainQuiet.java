package io.latticeconsole.operation;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The second half of a drain: until nothing is queued or in flight, as read back from the nodes.
final class DrainQuiet {
    private static final int MOST_EXTENSIONS = 8;
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(2);
    private static final Duration MOST_MARGIN = Duration.ofSeconds(15);

    private DrainQuiet() {}

    static void advance(Turn t, DrainTask d) {
        ask(t, d.nodes());
        if (t.counting.quiet(d.nodes(), t.now) && !t.awaits(GatewayOrder.SetAdminState.class)) {
            t.dropAll();
            t.task = d.at(DrainTask.Step.CONFIRM);
            d.nodes().forEach(n -> DrainSteps.admin(t, n, AdminState.DRAINED));
            t.patience(Turn.PATIENCE);
            t.touch();
            return;
        }
        Instant deadline = d.deadlineAt();
        if (deadline == null) {
            return;
        }
        boolean late = !t.now.isBefore(deadline);
        switch (d.step()) {
            case QUIESCE -> {
                if (!t.now.isBefore(deadline.minus(margin(d.deadline())))) {
                    migrate(t, d);
                }
            }
            case MIGRATE -> {
                if (late) {
                    deadline(t, d);
                }
            }
            case CORDON, SURGE, STOP_ADMITTING, PROPAGATE, DEADLINE, CONFIRM, ROLLBACK -> {}
        }
    }

    /// A tenth of the deadline, at least 2 s and at most 15 s before its end.
    private static Duration margin(Duration deadline) {
        Duration tenth = deadline.dividedBy(10);
        if (tenth.compareTo(LEAST_MARGIN) < 0) {
            return LEAST_MARGIN;
        }
        return tenth.compareTo(MOST_MARGIN) > 0 ? MOST_MARGIN : tenth;
    }

    private static void migrate(Turn t, DrainTask d) {
        t.task = d.at(DrainTask.Step.MIGRATE);
        t.enter(DrainTask.Step.MIGRATE, inFlight(t) + " still run: continued elsewhere", Turn.PATIENCE);
        for (NodeId n : d.nodes()) {
            if (t.counting.busy(n)) {
                t.toAll(new GatewayOrder.MoveStreams(t.before.id(), n));
            }
        }
    }

    private static void deadline(Turn t, DrainTask d) {
        t.task = d.at(DrainTask.Step.DEADLINE);
        String still = inFlight(t) + queued(t) + " still run";
        boolean again = d.extensions() < MOST_EXTENSIONS;
        switch (d.policy()) {
            case EXTEND -> extend(t, d, still, again);
            case FORCE -> force(t, d, still);
            case CANCEL -> {
                t.enter(DrainTask.Step.DEADLINE, still + "; policy CANCEL", Turn.PATIENCE);
                DrainSteps.undo(
                        t,
                        (DrainTask) t.task,
                        new Run.Outcome(OperationState.CANCELLED, "DEADLINE", still + " at the deadline"));
            }
        }
    }

    private static void extend(Turn t, DrainTask d, String still, boolean again) {
        Duration more = d.deadline().dividedBy(2).plus(Duration.ofSeconds(5));
        t.enter(DrainTask.Step.DEADLINE, still + "; extended by " + more.toSeconds() + " s", Turn.PATIENCE);
        t.task = d.until(t.now.plus(more), again ? d.extensions() + 1 : 0).at(DrainTask.Step.QUIESCE);
        t.enter(DrainTask.Step.QUIESCE, still, Duration.ofSeconds(15));
        if (!again) {
            t.hold("", "extended " + MOST_EXTENSIONS + " times, and " + still);
        }
    }

    private static void force(Turn t, DrainTask d, String still) {
        t.enter(DrainTask.Step.DEADLINE, still + "; aborted with UNAVAILABLE and RetryInfo", Turn.PATIENCE);
        for (NodeId n : d.nodes()) {
            if (t.counting.busy(n)) {
                t.toOwner(n, new GatewayOrder.AbortRequests(t.before.id(), n));
            }
        }
    }

    /// DRAINED is set: the last read-back decides.
    static void confirm(Turn t, DrainTask d) {
        ask(t, d.nodes());
        if (d.nodes().stream().anyMatch(t.counting::busy)) {
            t.task = d.at(DrainTask.Step.QUIESCE);
            t.dropAll();
            d.nodes().forEach(n -> DrainSteps.admin(t, n, AdminState.DRAINING));
            return;
        }
        if (t.confirmed()) {
            String lost = d.lost().isEmpty() ? "" : "; " + names(d.lost()) + " died meanwhile" + DrainSteps.standIns(d);
            String text = "nothing in flight on " + names(d.nodes()) + ", as read back" + lost;
            if (d.lost().isEmpty()) {
                t.finish(OperationState.SUCCEEDED, "", text);
            } else {
                t.finish(OperationState.FAILED, "TARGET_LOST", text);
            }
        }
    }

    private static String names(List<NodeId> nodes) {
        return nodes.size() == 1 ? nodes.getFirst().name() : nodes.size() + " nodes";
    }

    static void ask(Turn t, List<NodeId> nodes) {
        if (!t.now.isBefore(t.counting.nextAsk())) {
            t.counting = new Counting(t.counting.last(), t.now.plus(Counting.INTERVAL));
            nodes.forEach(n -> t.toOwner(n, new GatewayOrder.AskInFlight(t.before.id(), n)));
        }
    }

    static void read(Turn t, NodeId node, GatewayAnswer a) {
        if (a.accepted()) {
            t.counting = t.counting.read(node, a, t.now);
            boolean counts = t.task.step() == DrainTask.Step.QUIESCE || t.task.step() == DrainTask.Step.MIGRATE;
            if (counts) {
                t.touch();
            }
            t.detail(inFlight(t) + " in flight, " + queued(t) + " queued", inFlight(t) + queued(t) == 0 ? 1 : 0.5);
        }
    }

    static void moved(Turn t, Due due, GatewayAnswer a) {
        OperationProgress p = t.progress;
        t.progress = new OperationProgress(
                p.inFlight(),
                p.queued(),
                p.oldestAgeSeconds(),
                p.secondsLeft(),
                p.routersConfirmed(),
                p.routersTotal(),
                p.replicasWarm(),
                p.replicasTotal(),
                p.migrated() + a.migrated(),
                p.aborted() + a.aborted(),
                p.shareMoved());
        if (!a.cannotMigrate().isEmpty()) {
            String some = String.join(
                    ", ",
                    a.cannotMigrate().subList(0, Math.min(5, a.cannotMigrate().size())));
            t.say("OPERATION_PHASE", Severity.LOW, a.cannotMigrate().size() + " cannot move and finish here: " + some);
        }
        if (!a.accepted()) {
            t.drop(due);
            t.say("OPERATION_PHASE", Severity.LOW, due.to() + " refused: " + a.message());
        }
    }

    static int inFlight(Turn t) {
        return t.counting.last().values().stream().mapToInt(ReadBack::inFlight).sum();
    }

    static int queued(Turn t) {
        return t.counting.last().values().stream().mapToInt(ReadBack::queued).sum();
    }

    static double oldest(Turn t) {
        return t.counting.last().values().stream()
                .mapToDouble(ReadBack::oldestAgeSeconds)
                .max()
                .orElse(0);
    }
}
