package io.latticeconsole.operation;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How a restore goes: warm up, ramp the weights (slow start), serve, retire what was placed for the drain.
final class RestoreSteps {
    /// Share that a node gets at once: enough to warm its caches.
    private static final double FIRST_SHARE = 0.05;

    private static final Duration RAMP_STEP = Duration.ofSeconds(1);
    private static final Duration LOADING = Duration.ofMinutes(5);
    private static final Duration UNLOADING = Duration.ofMinutes(2);

    private RestoreSteps() {}

    static void begin(Turn t, RestoreTask r) {
        t.enter(RestoreTask.Step.WARM, "until every replica is loaded", LOADING);
        r.nodes().forEach(n -> DrainSteps.admin(t, n, AdminState.WARMING));
    }

    static void advance(Turn t, RestoreTask r) {
        LatticeState lattice = t.around.lattice();
        switch (r.step()) {
            case WARM -> {
                if (t.confirmed() && r.nodes().stream().allMatch(n -> Replicas.settled(lattice, n))) {
                    t.task = r.at(RestoreTask.Step.RAMP).ramping(t.now, 0);
                    t.enter(
                            RestoreTask.Step.RAMP,
                            "weights to 100 % in " + r.slowStart().toSeconds() + " s",
                            Turn.PATIENCE);
                }
            }
            case RAMP -> ramp(t, r);
            case SERVE -> {
                if (t.confirmed()) {
                    t.task = r.at(RestoreTask.Step.RETIRE);
                    String what = r.surges().isEmpty()
                            ? "nothing to retire"
                            : r.surges().size() + " stand-ins";
                    t.enter(RestoreTask.Step.RETIRE, what, UNLOADING);
                }
            }
            case RETIRE -> retire(t, r);
            case ROLLBACK -> RestoreUndo.advance(t, r);
        }
    }

    private static void ramp(Turn t, RestoreTask r) {
        Instant start = r.rampStart() == null ? t.now : r.rampStart();
        if (!t.confirmed()) {
            return;
        }
        double elapsed = Duration.between(start, t.now).toMillis();
        double total = Math.max(1, r.slowStart().toMillis());
        if (r.weight() >= 1) {
            t.task = r.at(RestoreTask.Step.SERVE);
            t.enter(RestoreTask.Step.SERVE, "", Turn.PATIENCE);
            r.nodes().forEach(n -> DrainSteps.admin(t, n, AdminState.SERVING));
            return;
        }
        double weight = Math.clamp(elapsed / total, FIRST_SHARE, 1);
        double step = RAMP_STEP.toMillis() / total;
        if (weight >= 1 || weight >= r.weight() + step || r.weight() == 0) {
            t.task = r.ramping(start, weight);
            for (NodeId n : r.nodes()) {
                double before = r.before(n).weight();
                t.admission(n, Math.max(before, weight));
            }
        }
    }

    /// The stand-ins go, unless the budget needs them now.
    private static void retire(Turn t, RestoreTask r) {
        List<ReplicaId> stand = r.surges().stream().map(Surge::replica).toList();
        if (!r.retiring()) {
            String objection = stand.isEmpty() ? null : t.around.objection(t.before, List.of(), stand);
            if (objection != null) {
                t.say("OPERATION_PHASE", Severity.LOW, "RETIRE: stand-ins stay: " + objection);
                finish(t, r, "; stand-ins stay: " + objection);
                return;
            }
            t.task = r.retiringSurges();
            stand.forEach(s -> t.admission(s, 0));
            stand.forEach(s -> t.toOwner(s.node(), new GatewayOrder.RetireReplica(t.before.id(), s)));
        }
        LatticeState lattice = t.around.lattice();
        boolean gone = stand.stream().allMatch(s -> Replicas.gone(lattice, s) || Replicas.down(lattice, s.node()));
        if (t.confirmed() && gone) {
            finish(t, r, "");
        }
    }

    private static void finish(Turn t, RestoreTask r, String more) {
        String text =
                (r.nodes().size() == 1 ? r.nodes().getFirst().name() : r.nodes().size() + " nodes") + " back in service"
                        + more;
        if (r.lost().isEmpty()) {
            t.finish(OperationState.SUCCEEDED, "", text);
        } else {
            t.finish(
                    OperationState.FAILED, "TARGET_LOST", text + "; " + r.lost().size() + " died meanwhile");
        }
    }

    static void answered(Turn t, RestoreTask r, Due due, GatewayAnswer a) {
        switch (due.order()) {
            case GatewayOrder.AskInFlight o -> {
                if (a.accepted()) {
                    t.counting = t.counting.read(o.node(), a, t.now);
                }
            }
            case GatewayOrder.PlaceReplica o
            when !a.accepted() && Replicas.down(t.around.lattice(), o.replica().node()) -> t.drop(due);
            case GatewayOrder.SetAdminState _,
                    GatewayOrder.PlaceReplica _,
                    GatewayOrder.RetireReplica _,
                    GatewayOrder.SetAdmission _,
                    GatewayOrder.SetRoute _,
                    GatewayOrder.MoveStreams _,
                    GatewayOrder.AbortRequests _,
                    GatewayOrder.ProbeReplica _ -> {
                if (!a.accepted()) {
                    Engine.refused(t, due, a);
                }
            }
        }
    }

    static void lost(Turn t, RestoreTask r, NodeId node) {
        if (!r.nodes().contains(node)) {
            return;
        }
        List<NodeId> left = new ArrayList<>(r.nodes());
        left.remove(node);
        List<NodeId> lost = new ArrayList<>(r.lost());
        lost.add(node);
        t.task = r.without(left, lost);
        if (t.undoing()) {
            RestoreUndo.lost(t, r, node);
            return;
        }
        DrainSteps.admin(t, node, AdminState.CORDONED);
        t.admission(node, 1);
        if (left.isEmpty()) {
            t.finish(
                    OperationState.FAILED, "TARGET_LOST", node + " died while it was restored; it comes back CORDONED");
        } else {
            t.message(node + " died; the restore goes on without it");
        }
    }

    static void resumed(Turn t, RestoreTask r, Duration held) {
        if (r.rampStart() != null) {
            t.task = r.ramping(r.rampStart().plus(held), r.weight());
        }
    }

    static void observe(Turn t, RestoreTask r) {
        int routers = t.around.gateways().size();
        long missing = t.awaited().stream()
                .filter(due -> due.order() instanceof GatewayOrder.SetAdmission)
                .map(Due::to)
                .distinct()
                .count();
        t.progress = new OperationProgress(
                DrainQuiet.inFlight(t),
                DrainQuiet.queued(t),
                DrainQuiet.oldest(t),
                secondsLeft(t, r),
                routers - (int) missing,
                routers,
                0,
                0,
                0,
                0,
                r.weight());
        if (r.step() == RestoreTask.Step.RAMP) {
            t.detail(Math.round(100 * r.weight()) + " % of its usual traffic", r.weight());
        }
    }

    private static double secondsLeft(Turn t, RestoreTask r) {
        if (r.step() != RestoreTask.Step.RAMP || r.rampStart() == null) {
            return Double.NaN;
        }
        Instant end = r.rampStart().plus(r.slowStart());
        return Math.max(0, Duration.between(t.now, end).toMillis() / 1000.0);
    }
}
