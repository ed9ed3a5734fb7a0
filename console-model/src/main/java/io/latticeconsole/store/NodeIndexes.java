package io.latticeconsole.store;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One endpoint's own node indexes in terms of the console's, kept up with its snapshots and deltas on the store's
/// thread.
final class NodeIndexes {
    private @Nullable NodeId[] nodes = new NodeId[0];
    private String epoch = "";
    private long revision = -1;

    /// Takes a snapshot or delta in.
    ///
    /// @return whether the table is another one than before
    boolean apply(String newEpoch, long newRevision, boolean whole, List<Fact> facts) {
        if (whole) {
            nodes = new NodeId[0];
        }
        boolean changed = whole || newRevision != revision || !newEpoch.equals(epoch);
        epoch = newEpoch;
        revision = newRevision;
        for (Fact fact : facts) {
            if (fact instanceof Fact.LatticeChanged(LatticeEvent.ObjectChanged(Node node))) {
                changed |= put(node.index(), node.id());
            } else if (fact instanceof Fact.LatticeChanged(LatticeEvent.ObjectRemoved(NodeId id))) {
                changed |= remove(id);
            }
        }
        return changed;
    }

    String epoch() {
        return epoch;
    }

    long revision() {
        return revision;
    }

    /// The table as the state has it: element i is the console's index of the endpoint's node i, -1 for none and for
    /// a node of which another endpoint's word counts.
    int[] dense(String address, ConsoleState state) {
        int[] dense = new int[nodes.length];
        for (int i = 0; i < dense.length; i++) {
            NodeId id = nodes[i];
            boolean counts = id != null && state.ownership().counts(address, id.site());
            dense[i] = id == null || !counts ? -1 : state.nodes().index(id);
        }
        return dense;
    }

    private boolean put(int index, NodeId id) {
        if (index >= nodes.length) {
            nodes = Arrays.copyOf(nodes, Math.max(index + 1, nodes.length + nodes.length / 2));
        }
        boolean changed = !id.equals(nodes[index]);
        nodes[index] = id;
        return changed;
    }

    private boolean remove(NodeId id) {
        boolean changed = false;
        for (int i = 0; i < nodes.length; i++) {
            if (id.equals(nodes[i])) {
                nodes[i] = null;
                changed = true;
            }
        }
        return changed;
    }
}
