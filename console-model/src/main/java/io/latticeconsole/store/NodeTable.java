package io.latticeconsole.store;

import io.latticeconsole.lattice.NodeId;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Dense console-wide indexes of nodes, in the order they were first seen; an index is never reused while the console
/// runs. Samples and the map address nodes by it.
public record NodeTable(PVector<NodeId> ids, PMap<NodeId, Integer> indexes) {
    public static final NodeTable EMPTY = new NodeTable(TreePVector.empty(), HashTreePMap.empty());

    /// The table with that node in it.
    public NodeTable plus(NodeId node) {
        return indexes.containsKey(node) ? this : new NodeTable(ids.plus(node), indexes.plus(node, ids.size()));
    }

    /// The index of a node, -1 if it was never seen.
    public int index(NodeId node) {
        return indexes.getOrDefault(node, -1);
    }

    public int size() {
        return ids.size();
    }
}
