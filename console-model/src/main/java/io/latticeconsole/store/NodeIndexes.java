package io.latticeconsole.store;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import java.util.Arrays;
import java.util.List;

/// One endpoint's own node indexes in terms of the console's, kept up with its snapshots and deltas on the store's
/// thread.
final class NodeIndexes {
    private int[] dense = new int[0];
    private String epoch = "";
    private long revision = -1;

    /// Takes a snapshot or delta in, after the state has it.
    ///
    /// @return whether the table is another one than before
    boolean apply(String newEpoch, long newRevision, boolean whole, List<Fact> facts, NodeTable nodes) {
        if (whole) {
            dense = new int[0];
        }
        boolean changed = whole || newRevision != revision || !newEpoch.equals(epoch);
        epoch = newEpoch;
        revision = newRevision;
        for (Fact fact : facts) {
            if (fact instanceof Fact.LatticeChanged(LatticeEvent.ObjectChanged(Node node))) {
                changed |= put(node.index(), nodes.index(node.id()));
            } else if (fact instanceof Fact.LatticeChanged(LatticeEvent.ObjectRemoved(NodeId id))) {
                changed |= remove(nodes.index(id));
            }
        }
        return changed;
    }

    /// A copy of the table: element i is the console's index of the endpoint's node i, -1 for none.
    int[] dense() {
        return dense.clone();
    }

    private boolean put(int index, int place) {
        if (index >= dense.length) {
            int former = dense.length;
            dense = Arrays.copyOf(dense, Math.max(index + 1, former + former / 2));
            Arrays.fill(dense, former, dense.length, -1);
        }
        boolean changed = dense[index] != place;
        dense[index] = place;
        return changed;
    }

    private boolean remove(int place) {
        boolean changed = false;
        for (int i = 0; i < dense.length; i++) {
            if (place >= 0 && dense[i] == place) {
                dense[i] = -1;
                changed = true;
            }
        }
        return changed;
    }
}
