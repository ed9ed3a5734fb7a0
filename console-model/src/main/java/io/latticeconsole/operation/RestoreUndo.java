package io.latticeconsole.operation;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import java.util.List;
import java.util.stream.Collectors;

/// The way back of a cancelled restore: the stand-ins return, then the nodes stop admitting, fall quiet and are DRAINED
/// again.
final class RestoreUndo {
    private static final int STANDING_IN = 0;
    private static final int STOPPING = 1;
    private static final int EMPTYING = 2;
    private static final int ENDING = 3;

    private RestoreUndo() {}

    static void begin(Turn t, RestoreTask r, Run.Outcome outcome) {
        t.undo(RestoreTask.Step.ROLLBACK, outcome);
        t.task = r.at(RestoreTask.Step.ROLLBACK).undoStage(STANDING_IN);
        if (r.retiring()) {
            r.surges().forEach(s -> t.admission(s.replica(), 1));
        }
    }

    static void advance(Turn t, RestoreTask r) {
        List<NodeId> emptied = r.nodes().stream().filter(n -> drained(r, n)).toList();
        switch (r.undo()) {
            case STANDING_IN -> {
                if (standIns(t, r)) {
                    t.task = r.undoStage(STOPPING);
                    r.nodes().forEach(n -> back(t, r, n));
                    r.lost().forEach(n -> lost(t, r, n));
                }
            }
            case STOPPING -> {
                if (t.confirmed()) {
                    t.task = r.undoStage(EMPTYING);
                }
            }
            case EMPTYING -> {
                DrainQuiet.ask(t, emptied);
                if (t.counting.quiet(emptied, t.now)) {
                    t.task = r.undoStage(ENDING);
                    emptied.forEach(n -> DrainSteps.admin(t, n, AdminState.DRAINED));
                }
            }
            default -> {
                if (t.confirmed()) {
                    t.undone(missing(t, r));
                }
            }
        }
    }

    private static boolean drained(RestoreTask r, NodeId node) {
        return r.before(node).admin() != AdminState.CORDONED;
    }

    private static void back(Turn t, RestoreTask r, NodeId node) {
        Prior prior = r.before(node);
        DrainSteps.admin(t, node, drained(r, node) ? AdminState.DRAINING : prior.admin());
        t.admission(node, prior.weight());
    }

    /// Nothing runs on a dead node: it is as before at once.
    static void lost(Turn t, RestoreTask r, NodeId node) {
        DrainSteps.admin(t, node, r.before(node).admin());
        t.admission(node, r.before(node).weight());
    }

    /// Stand-ins that are not back because their nodes died.
    private static String missing(Turn t, RestoreTask r) {
        return r.surges().stream()
                .map(Surge::replica)
                .filter(s -> r.retiring() && Replicas.gone(t.around.lattice(), s))
                .map(s -> s.node() + " died and " + s.code() + " is not there again")
                .collect(Collectors.joining("; "));
    }

    /// Whether what stood in for the nodes is ready again; what was retired meanwhile is placed anew once it is gone.
    private static boolean standIns(Turn t, RestoreTask r) {
        if (!r.retiring()) {
            return t.confirmed();
        }
        LatticeState lattice = t.around.lattice();
        boolean ready = true;
        for (Surge s : r.surges()) {
            boolean here = Replicas.ready(lattice, s.replica());
            boolean down = Replicas.down(lattice, s.replica().node());
            if (!down && Replicas.gone(lattice, s.replica()) && !t.awaits(s.replica())) {
                var model = lattice.models().get(s.placement().model());
                String version = model == null ? "" : model.version();
                t.toOwner(
                        s.replica().node(),
                        new GatewayOrder.PlaceReplica(
                                t.before.id(), s.replica(), s.placement().model(), version));
            }
            ready &= here || down;
        }
        return ready && t.confirmed();
    }
}
