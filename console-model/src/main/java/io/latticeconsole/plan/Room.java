package io.latticeconsole.plan;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;

/// Accelerator memory: what is free on a node, and what a replica needs (its weights and a cache worth having).
public final class Room {
    /// Share of the memory that serving software may use; the usual default of inference servers.
    public static final double USABLE = 0.9;

    /// A replica needs its weights and at least this much more for its cache.
    public static final double WITH_CACHE = 1.15;

    private Room() {}

    /// Bytes of healthy accelerators that no replica has claimed.
    public static double freeBytes(LatticeState lattice, NodeId id) {
        Node node = lattice.nodes().get(id);
        if (node == null) {
            return 0;
        }
        double free = node.accelerators().stream()
                        .filter(Accelerator::healthy)
                        .mapToDouble(Accelerator::memoryBytes)
                        .sum()
                * USABLE;
        for (Replica replica : lattice.replicasOf(id)) {
            Model model = lattice.models().get(replica.model());
            if (model != null && replica.state() != ReplicaState.UNLOADED && replica.state() != ReplicaState.FAILED) {
                free -= needs(model);
            }
        }
        return free;
    }

    public static double needs(Model model) {
        return model.sizeBytes() * WITH_CACHE;
    }
}
