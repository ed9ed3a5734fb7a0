package io.latticeconsole.gateway;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import java.util.function.Supplier;

/// What becomes known of machines by other ways than their reports. Gateway's thread only.
public final class Machines {
    private final Rows rows;
    private final Evacuation evacuation;
    private final Supplier<LatticeState> state;
    private final NodeWatch watch;

    Machines(Rows rows, Evacuation evacuation, Supplier<LatticeState> state, NodeWatch watch) {
        this.watch = watch;
        this.rows = rows;
        this.evacuation = evacuation;
        this.state = state;
    }

    /// A machine of the gateway's own takes its orders from another gateway, `by`.
    public void claimed(int node, String by) {
        watch.claimed(node, by);
    }

    /// The connection to another gateway's machine broke: what is there goes elsewhere, and nothing goes there until
    /// the machine is heard again.
    public void broken(NodeId node) {
        evacuation.moveOff(node);
    }

    /// Another gateway's machine is heard here, perhaps again.
    public void restored(NodeId node) {
        rows.mendNode(node, state.get());
    }
}
