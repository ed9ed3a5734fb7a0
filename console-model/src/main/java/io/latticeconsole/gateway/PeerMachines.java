package io.latticeconsole.gateway;

import io.latticeconsole.lattice.NodeId;
import java.util.function.Supplier;
import io.latticeconsole.lattice.LatticeState;

/// A gateway's own connections to other gateways' machines: whether requests get there is another question than what
/// their owner says of them. Gateway's thread only.
public final class PeerMachines {
    private final Rows rows;
    private final Evacuation evacuation;
    private final Supplier<LatticeState> state;

    PeerMachines(Rows rows, Evacuation evacuation, Supplier<LatticeState> state) {
        this.rows = rows;
        this.evacuation = evacuation;
        this.state = state;
    }

    /// A connection broke: what is there goes elsewhere, and nothing goes there until the machine is heard again.
    public void broken(NodeId node) {
        evacuation.moveOff(node);
    }

    /// A machine is heard here, perhaps again.
    public void restored(NodeId node) {
        rows.mendNode(node, state.get());
    }
}
