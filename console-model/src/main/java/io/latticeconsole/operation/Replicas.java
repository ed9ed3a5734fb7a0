package io.latticeconsole.operation;

import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;

/// Questions about replicas and nodes that several engines ask.
final class Replicas {
    private Replicas() {}

    static boolean ready(LatticeState lattice, ReplicaId id) {
        Replica replica = lattice.replica(id);
        return replica != null && replica.state() == ReplicaState.READY;
    }

    static boolean failed(LatticeState lattice, ReplicaId id) {
        Replica replica = lattice.replica(id);
        return replica != null && replica.state() == ReplicaState.FAILED;
    }

    static boolean gone(LatticeState lattice, ReplicaId id) {
        Replica replica = lattice.replica(id);
        return replica == null || replica.state() == ReplicaState.UNLOADED;
    }

    static boolean leaving(LatticeState lattice, ReplicaId id) {
        Replica replica = lattice.replica(id);
        return replica != null && replica.state() == ReplicaState.DRAINING;
    }

    static boolean down(LatticeState lattice, NodeId id) {
        Node node = lattice.nodes().get(id);
        return node == null || node.health() == Health.DOWN;
    }

    /// Whether everything on a node is loaded that ever will be.
    static boolean settled(LatticeState lattice, NodeId id) {
        return lattice.replicasOf(id).stream()
                .noneMatch(r -> r.state() == ReplicaState.LOADING || r.state() == ReplicaState.WARMING);
    }
}
