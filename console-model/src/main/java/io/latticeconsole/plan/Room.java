package io.latticeconsole.plan;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import java.util.Collection;

/// Room on accelerators, as far as it can be told from outside: large models have their accelerators to themselves, up
/// to three small ones share one, and each needs a quarter more than its weights for its cache. Where exactly replicas
/// sit only the node's owner knows, so an owner may still refuse.
public final class Room {
    /// Weights from which a replica does not share: 5 billion parameters in 16 bit.
    private static final double ALONE_BYTES = 10e9;

    private static final int SHARED_BY = 3;
    private static final double WITH_CACHE = 1.25;

    private Room() {}

    /// Whether one more replica on that many accelerators fits, besides what runs there and what is to come.
    public static boolean fits(
            LatticeState lattice, NodeId id, Model model, int accelerators, Collection<Model> toCome) {
        Node node = lattice.nodes().get(id);
        if (node == null) {
            return false;
        }
        int healthy = 0;
        double memory = 0;
        for (Accelerator a : node.accelerators()) {
            if (a.healthy()) {
                healthy++;
                memory += a.memoryBytes();
            }
        }
        int alone = 0;
        int sharing = 0;
        for (Replica r : lattice.replicasOf(id)) {
            Model m = lattice.models().get(r.model());
            if (m != null && r.state() != ReplicaState.UNLOADED) {
                memory -= m.sizeBytes() * WITH_CACHE;
                alone += alone(m) ? Math.max(1, r.acceleratorCount()) : 0;
                sharing += alone(m) ? 0 : 1;
            }
        }
        for (Model m : toCome) {
            memory -= m.sizeBytes() * WITH_CACHE;
            alone += alone(m) ? accelerators : 0;
            sharing += alone(m) ? 0 : 1;
        }
        int open = healthy - alone;
        boolean place = alone(model) ? open - Math.min(open, sharing) >= accelerators : sharing < open * SHARED_BY;
        return place && memory >= model.sizeBytes() * WITH_CACHE;
    }

    private static boolean alone(Model model) {
        return model.sizeBytes() >= ALONE_BYTES;
    }
}
