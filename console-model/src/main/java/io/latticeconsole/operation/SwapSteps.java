package io.latticeconsole.operation;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ReplicaId;
import java.util.List;

/// How one replica gives way to its fresh one, and back.
final class SwapSteps {
    private SwapSteps() {}

    /// One step forward; the same swap if it has to wait.
    static Swap forward(Turn t, RedeployTask r, Swap s) {
        LatticeState lattice = t.around.lattice();
        return switch (s.state()) {
            case WAITING -> open(t, s);
            case STOPPING -> t.awaits(s.old()) ? s : retire(t, s.old(), s.at(Swap.State.EMPTYING));
            case EMPTYING -> t.awaits(s.old()) || !Replicas.gone(lattice, s.old()) ? s : hide(t, s);
            case HIDING -> t.awaits(s.fresh()) ? s : place(t, r, s.fresh(), r.version(), s.at(Swap.State.PLACING));
            case PLACING -> t.awaits(s.fresh()) || !Replicas.ready(lattice, s.fresh()) ? s : probe(t, s);
            case ADMITTING -> {
                if (t.awaits(s.fresh())) {
                    yield s;
                }
                if (!s.inPlace()) {
                    t.admission(s.old(), 0);
                }
                yield s.at(Swap.State.SWITCHING);
            }
            case SWITCHING -> t.awaits(s.old()) ? s : s.at(Swap.State.SERVING);
            case SERVING -> {
                if (!r.gatePassed()) {
                    yield s;
                }
                yield s.inPlace() ? s.at(Swap.State.DONE) : retire(t, s.old(), s.at(Swap.State.RETIRING));
            }
            case RETIRING -> t.awaits(s.old()) || !Replicas.gone(lattice, s.old()) ? s : s.at(Swap.State.DONE);
            case PROBING, DONE, LOST, BACK, BACK_CLEARING, BACK_PLACING, BACK_SWITCHING, BACK_RETIRING, BACK_DONE -> s;
        };
    }

    private static Swap open(Turn t, Swap s) {
        if (!s.inPlace() && t.around.fitsBeside(s.old())) {
            return hide(t, s);
        }
        String objection = t.around.objection(t.before, List.of(), List.of(s.old()));
        if (objection != null) {
            t.hold("", "BUDGET: " + s.old() + " has to go before its replacement can come, and " + objection);
            return s;
        }
        t.admission(s.old(), 0);
        return s.replacingInPlace().at(Swap.State.STOPPING);
    }

    /// No router may use the fresh one before it has proved itself.
    private static Swap hide(Turn t, Swap s) {
        t.admission(s.fresh(), 0);
        return s.at(Swap.State.HIDING);
    }

    private static Swap probe(Turn t, Swap s) {
        t.toOwner(s.fresh().node(), new GatewayOrder.ProbeReplica(t.before.id(), s.fresh()));
        return s.at(Swap.State.PROBING);
    }

    static Swap admit(Turn t, Swap s) {
        t.admission(s.fresh(), 1);
        return s.at(Swap.State.ADMITTING);
    }

    private static Swap place(Turn t, RedeployTask r, ReplicaId replica, String version, Swap next) {
        t.toOwner(replica.node(), new GatewayOrder.PlaceReplica(t.before.id(), replica, r.model(), version));
        return next;
    }

    private static Swap retire(Turn t, ReplicaId replica, Swap next) {
        t.toOwner(replica.node(), new GatewayOrder.RetireReplica(t.before.id(), replica));
        return next;
    }

    /// One step back. Where the old replica is gone it comes back first, or last if there is no room for both.
    static Swap back(Turn t, RedeployTask r, Swap s, boolean oldGone) {
        LatticeState lattice = t.around.lattice();
        return switch (s.state()) {
            case BACK -> {
                if (oldGone && s.inPlace()) {
                    t.admission(s.fresh(), 0);
                    yield retire(t, s.fresh(), s.at(Swap.State.BACK_CLEARING));
                }
                yield oldGone ? s.at(Swap.State.BACK_CLEARING) : reopen(t, s);
            }
            case BACK_CLEARING -> {
                boolean cleared = !t.awaits(s.old())
                        && Replicas.gone(lattice, s.old())
                        && (!s.inPlace() || (!t.awaits(s.fresh()) && Replicas.gone(lattice, s.fresh())));
                yield cleared ? place(t, r, s.old(), s.oldVersion(), s.at(Swap.State.BACK_PLACING)) : s;
            }
            case BACK_PLACING -> t.awaits(s.old()) || !Replicas.ready(lattice, s.old()) ? s : reopen(t, s);
            case BACK_SWITCHING ->
                t.awaits(s.old()) || t.awaits(s.fresh()) ? s : retire(t, s.fresh(), s.at(Swap.State.BACK_RETIRING));
            case BACK_RETIRING ->
                t.awaits(s.fresh()) || !Replicas.gone(lattice, s.fresh()) ? s : s.at(Swap.State.BACK_DONE);
            case WAITING,
                    STOPPING,
                    EMPTYING,
                    HIDING,
                    PLACING,
                    PROBING,
                    ADMITTING,
                    SWITCHING,
                    SERVING,
                    RETIRING,
                    DONE,
                    LOST,
                    BACK_DONE -> s;
        };
    }

    private static Swap reopen(Turn t, Swap s) {
        t.admission(s.old(), 1);
        t.admission(s.fresh(), 0);
        return s.at(Swap.State.BACK_SWITCHING);
    }
}
