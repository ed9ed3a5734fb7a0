package io.latticeconsole.operation;

import io.latticeconsole.lattice.ReplicaId;

/// One replica of a redeploy: the old one and the fresh one that takes its place on the same node. `inPlace`: there is
/// no room for both, so the old one goes first.
public record Swap(ReplicaId old, String oldVersion, ReplicaId fresh, State state, boolean inPlace) {
    /// Forward from WAITING to DONE; back from BACK to BACK_DONE.
    public enum State {
        WAITING,
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
        BACK,
        BACK_CLEARING,
        BACK_PLACING,
        BACK_SWITCHING,
        BACK_RETIRING,
        BACK_DONE
    }

    Swap at(State next) {
        return new Swap(old, oldVersion, fresh, next, inPlace);
    }

    Swap replacingInPlace() {
        return new Swap(old, oldVersion, fresh, State.WAITING, true);
    }

    /// Whether the old replica is gone, or told to go.
    boolean oldGone() {
        return switch (state) {
            case EMPTYING, RETIRING, DONE -> true;
            case HIDING, PLACING, PROBING, ADMITTING, SWITCHING, SERVING -> inPlace;
            case WAITING, STOPPING, LOST, BACK, BACK_CLEARING, BACK_PLACING, BACK_SWITCHING, BACK_RETIRING, BACK_DONE ->
                false;
        };
    }

    boolean active() {
        return state != State.WAITING && !ended();
    }

    boolean ended() {
        return state == State.DONE || state == State.LOST || state == State.BACK_DONE;
    }

    /// Whether the fresh replica takes requests.
    boolean serves() {
        return state == State.SWITCHING || state == State.SERVING || state == State.RETIRING || state == State.DONE;
    }
}
