package io.latticeconsole.operation;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How a drain goes: cordon, surge, stop admitting, propagate, quiesce, migrate, deadline.
final class DrainSteps {
    private static final Duration ASK_PATIENCE = Duration.ofSeconds(15);

    private DrainSteps() {}

    static void begin(Turn t, DrainTask d) {
        t.enter(DrainTask.Step.CORDON, "no new placements; traffic goes on", Turn.PATIENCE);
        d.nodes().forEach(n -> admin(t, n, AdminState.CORDONED));
    }

    static void advance(Turn t, DrainTask d) {
        switch (d.step()) {
            case CORDON -> {
                if (t.confirmed()) {
                    startSurge(t, d);
                }
            }
            case SURGE -> surge(t, d);
            case STOP_ADMITTING -> {
                if (!t.awaits(GatewayOrder.SetAdminState.class)) {
                    t.task = d.at(DrainTask.Step.PROPAGATE);
                    t.enter(DrainTask.Step.PROPAGATE, "until every router has confirmed", Turn.PATIENCE);
                }
            }
            case PROPAGATE -> {
                if (t.confirmed()) {
                    t.task = d.at(DrainTask.Step.QUIESCE);
                    t.enter(DrainTask.Step.QUIESCE, "", ASK_PATIENCE);
                }
            }
            case QUIESCE, MIGRATE, DEADLINE -> DrainQuiet.advance(t, d);
            case CONFIRM -> DrainQuiet.confirm(t, d);
            case ROLLBACK -> rollback(t, d);
        }
    }

    private static void startSurge(Turn t, DrainTask d) {
        double slowest = d.surges().stream()
                .mapToDouble(s -> s.placement().loadSeconds())
                .max()
                .orElse(0);
        t.task = d.at(DrainTask.Step.SURGE);
        String what = d.surges().isEmpty()
                ? "nothing to place: the others have room"
                : d.surges().size() + " replicas to load elsewhere";
        t.enter(DrainTask.Step.SURGE, what, Duration.ofMillis((long) (60_000 + 4_000 * slowest)));
        d.surges().forEach(s -> place(t, s));
    }

    private static void place(Turn t, Surge s) {
        var model = t.around.lattice().models().get(s.placement().model());
        t.toOwner(
                s.replica().node(),
                new GatewayOrder.PlaceReplica(
                        t.before.id(), s.replica(), s.placement().model(), model == null ? "" : model.version()));
    }

    private static void surge(Turn t, DrainTask d) {
        LatticeState lattice = t.around.lattice();
        for (Surge s : d.surges()) {
            if (Replicas.failed(lattice, s.replica())
                    || Replicas.down(lattice, s.replica().node())) {
                elsewhere(t, s, s.replica().node() + " could not load it");
                if (!t.running()) {
                    return;
                }
            }
        }
        DrainTask now = (DrainTask) t.task;
        boolean warm = now.surges().stream().allMatch(s -> Replicas.ready(lattice, s.replica()));
        if (warm && t.confirmed()) {
            stop(t, now);
        }
    }

    /// Stops admitting, unless something else has used up the budget meanwhile.
    private static void stop(Turn t, DrainTask d) {
        String objection = t.around.objection(t.before, d.nodes(), List.of());
        if (objection != null) {
            t.hold("", "BUDGET: " + objection);
            return;
        }
        t.task = d.stoppedAt(t.now);
        t.enter(DrainTask.Step.STOP_ADMITTING, "health NOT_SERVING, weight 0", Turn.PATIENCE);
        for (NodeId n : d.nodes()) {
            admin(t, n, AdminState.DRAINING);
            t.admission(n, 0);
        }
    }

    /// Puts a surge on another node, or holds when there is none.
    private static void elsewhere(Turn t, Surge s, String why) {
        DrainTask d = (DrainTask) t.task;
        Set<NodeId> tried = new HashSet<>(d.tried());
        tried.add(s.replica().node());
        Placement next = t.around.anotherHost(t.before, s.placement(), tried);
        if (next == null) {
            t.task = d.with(d.surges(), tried);
            t.hold("", "no other node has room for " + s.placement().model().code() + "; " + why);
            return;
        }
        t.toOwner(s.replica().node(), retire(t, s));
        var name = new ReplicaId(next.node().name() + "/replicas/" + s.replica().code() + "-"
                + (d.tried().size() + 1));
        var moved = new Surge(next, name);
        List<Surge> surges = new ArrayList<>(d.surges());
        surges.set(surges.indexOf(s), moved);
        t.task = d.with(surges, tried);
        t.say("OPERATION_PHASE", Severity.LOW, "SURGE: " + why + "; now on " + next.node());
        place(t, moved);
        t.touch();
    }

    static void answered(Turn t, DrainTask d, Due due, GatewayAnswer a) {
        switch (due.order()) {
            case GatewayOrder.AskInFlight o -> DrainQuiet.read(t, o.node(), a);
            case GatewayOrder.PlaceReplica o
            when !a.accepted() -> {
                t.drop(due);
                d.surges().stream()
                        .filter(s -> s.replica().equals(o.replica()))
                        .findFirst()
                        .ifPresent(s -> elsewhere(t, s, s.replica().node() + " refused: " + a.message()));
            }
            case GatewayOrder.MoveStreams _, GatewayOrder.AbortRequests _ -> DrainQuiet.moved(t, due, a);
            case GatewayOrder.SetAdminState o
            when !a.accepted() && o.state() == AdminState.DRAINED -> {
                t.drop(due);
                t.task = d.at(DrainTask.Step.QUIESCE);
            }
            case GatewayOrder.SetAdminState _,
                    GatewayOrder.PlaceReplica _,
                    GatewayOrder.RetireReplica _,
                    GatewayOrder.SetAdmission _,
                    GatewayOrder.SetRoute _,
                    GatewayOrder.ProbeReplica _ -> {
                if (!a.accepted()) {
                    Engine.refused(t, due, a);
                }
            }
        }
    }

    /// A dead target is the failover's; it comes back CORDONED. The others go on.
    static void lost(Turn t, DrainTask d, NodeId node) {
        if (!d.nodes().contains(node)) {
            return;
        }
        List<NodeId> left = new ArrayList<>(d.nodes());
        left.remove(node);
        List<NodeId> lost = new ArrayList<>(d.lost());
        lost.add(node);
        t.task = d.without(left, lost);
        if (t.undoing()) {
            return;
        }
        admin(t, node, AdminState.CORDONED);
        if (d.stopped()) {
            t.admission(node, d.before(node).weight());
        }
        if (left.isEmpty()) {
            t.finish(
                    OperationState.FAILED,
                    "TARGET_LOST",
                    node + " died; its failover takes the rest, and it comes back CORDONED" + standIns(d));
        } else {
            t.message(node + " died; the drain goes on without it");
        }
    }

    /// What stays in place of nodes that are lost.
    static String standIns(DrainTask d) {
        return d.surges().isEmpty()
                ? ""
                : "; until a restore these stand in: "
                        + d.surges().stream().map(s -> s.replica().name()).collect(Collectors.joining(", "));
    }

    static void resumed(Turn t, DrainTask d, Duration held) {
        DrainTask fresh = d.with(d.surges(), Set.of());
        DrainTask again = d.step() == DrainTask.Step.DEADLINE ? fresh.at(DrainTask.Step.QUIESCE) : fresh;
        t.task = d.deadlineAt() == null ? again : again.until(d.deadlineAt().plus(held), d.extensions());
    }

    static void undo(Turn t, DrainTask d, Run.Outcome outcome) {
        t.undo(DrainTask.Step.ROLLBACK, outcome);
        t.task = d.at(DrainTask.Step.ROLLBACK);
        d.prior().forEach((n, prior) -> admin(t, n, prior.admin()));
    }

    /// First the nodes take requests again (those that died, once they are back), then routers send some, then what was
    /// placed for them goes.
    private static void rollback(Turn t, DrainTask d) {
        if (!t.confirmed()) {
            return;
        }
        switch (d.undo()) {
            case 0 -> {
                t.task = d.undoStage(1);
                if (d.stopped()) {
                    d.prior().forEach((n, prior) -> t.admission(n, prior.weight()));
                }
            }
            case 1 -> {
                t.task = d.undoStage(2);
                d.surges().forEach(s -> t.toOwner(s.replica().node(), retire(t, s)));
            }
            default -> {
                LatticeState lattice = t.around.lattice();
                boolean gone = d.surges().stream()
                        .allMatch(s -> Replicas.gone(lattice, s.replica())
                                || Replicas.down(lattice, s.replica().node()));
                if (gone) {
                    t.undone("");
                }
            }
        }
    }

    private static GatewayOrder retire(Turn t, Surge s) {
        return new GatewayOrder.RetireReplica(t.before.id(), s.replica());
    }

    static void admin(Turn t, NodeId node, AdminState state) {
        t.toOwner(
                node,
                new GatewayOrder.SetAdminState(
                        t.before.id(), node, state, t.before.operation().reason()));
    }

    static void observe(Turn t, DrainTask d) {
        LatticeState lattice = t.around.lattice();
        int routers = t.around.gateways().size();
        long missing = t.awaited().stream()
                .filter(due -> due.order() instanceof GatewayOrder.SetAdmission)
                .map(Due::to)
                .distinct()
                .count();
        int warm = (int) d.surges().stream()
                .filter(s -> Replicas.ready(lattice, s.replica()))
                .count();
        OperationProgress p = t.progress;
        double left = d.deadlineAt() == null
                ? Double.NaN
                : Math.max(0, Duration.between(t.now, d.deadlineAt()).toMillis() / 1000.0);
        t.progress = new OperationProgress(
                DrainQuiet.inFlight(t),
                DrainQuiet.queued(t),
                DrainQuiet.oldest(t),
                left,
                d.stopped() ? routers - (int) missing : 0,
                routers,
                warm,
                d.surges().size(),
                p.migrated(),
                p.aborted(),
                0);
        if (d.step() == DrainTask.Step.SURGE && !d.surges().isEmpty()) {
            t.detail(
                    warm + " of " + d.surges().size() + " replicas warm",
                    (double) warm / d.surges().size());
        } else if (d.step() == DrainTask.Step.PROPAGATE) {
            t.detail((routers - missing) + " of " + routers + " routers confirmed", 1 - (double) missing / routers);
        }
    }
}
