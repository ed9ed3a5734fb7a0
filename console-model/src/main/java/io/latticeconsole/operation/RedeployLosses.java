package io.latticeconsole.operation;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What becomes of a redeploy's nodes that die under way, and what is said of them in the end.
final class RedeployLosses {
    private RedeployLosses() {}

    /// A node that dies keeps what it had: the failover takes its load.
    static void lost(Turn t, RedeployTask r, NodeId node) {
        List<Swap> swaps = new ArrayList<>(r.swaps());
        for (int i = 0; i < swaps.size(); i++) {
            Swap s = swaps.get(i);
            if (s.old().node().equals(node) && !s.ended()) {
                swaps.set(i, s.at(Swap.State.LOST));
                keep(t, s);
            }
        }
        t.task = r.with(swaps);
        t.message(node + " died; the redeploy goes on without it");
        if (!t.undoing() && swaps.stream().allMatch(s -> s.state() == Swap.State.LOST)) {
            t.finish(OperationState.FAILED, "TARGET_LOST", "all its nodes died: " + left(t, (RedeployTask) t.task));
        }
    }

    /// Of the old and the fresh replica one stays: the old one, unless it has gone for the fresh one.
    private static void keep(Turn t, Swap s) {
        NodeId node = s.old().node();
        t.drop(new Due(t.around.owner(node), new GatewayOrder.ProbeReplica(t.before.id(), s.fresh())));
        boolean back = t.undoing() || !s.oldGone();
        if (back && s.state() != Swap.State.WAITING) {
            t.admission(s.old(), 1);
            t.toOwner(node, new GatewayOrder.RetireReplica(t.before.id(), s.fresh()));
        } else if (!back) {
            t.admission(s.fresh(), 1);
        }
    }

    /// Whether a replica that could not be placed was for a node that has died; then its swap is lost.
    static boolean takes(Turn t, RedeployTask r, ReplicaId refused) {
        if (Replicas.down(t.around.lattice(), refused.node())) {
            lost(t, r, refused.node());
            return true;
        }
        return lost(r).stream()
                .anyMatch(s -> s.fresh().equals(refused) || s.old().equals(refused));
    }

    private static List<Swap> lost(RedeployTask r) {
        return r.swaps().stream().filter(s -> s.state() == Swap.State.LOST).toList();
    }

    /// Whether nothing is on its way out of the lost nodes any more.
    static boolean settled(Turn t, RedeployTask r) {
        LatticeState lattice = t.around.lattice();
        return lost(r).stream().noneMatch(s -> Replicas.leaving(lattice, s.fresh()));
    }

    /// Which lost nodes do not have what they had before, and what they have (a sentence); empty if all have.
    static String notAsBefore(Turn t, RedeployTask r) {
        LatticeState lattice = t.around.lattice();
        return told(t, r, s -> Replicas.gone(lattice, s.old()) || !Replicas.gone(lattice, s.fresh()));
    }

    /// What the lost nodes have (a sentence).
    static String left(Turn t, RedeployTask r) {
        return told(t, r, _ -> true);
    }

    private static String told(Turn t, RedeployTask r, Predicate<Swap> which) {
        LatticeState lattice = t.around.lattice();
        return lost(r).stream()
                .filter(which)
                .map(s -> s.old().node() + " has " + has(lattice, r, s))
                .collect(Collectors.joining("; "));
    }

    private static String has(LatticeState lattice, RedeployTask r, Swap s) {
        boolean old = !Replicas.gone(lattice, s.old());
        boolean fresh = !Replicas.gone(lattice, s.fresh());
        if (old && fresh) {
            return s.old().code() + " of version " + s.oldVersion() + " and "
                    + s.fresh().code() + " of version " + r.version();
        }
        if (old || fresh) {
            ReplicaId one = old ? s.old() : s.fresh();
            return one.code() + " of version " + (old ? s.oldVersion() : r.version());
        }
        return "no " + r.model().code() + " in place of " + s.old().code();
    }
}
