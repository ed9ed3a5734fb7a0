package io.latticeconsole.plan;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;

/// What a replica would serve on a node: as others on nodes of the same class do, otherwise in proportion to power.
final class Capacities {
    private Capacities() {}

    /// Requests/s, 0 where nothing like it is known.
    static double of(LatticeState lattice, ModelId model, NodeId on) {
        Node node = lattice.nodes().get(on);
        if (node == null) {
            return 0;
        }
        double perWatt = 0;
        for (Node other : lattice.nodes().values()) {
            for (Replica replica : lattice.replicasOf(other.id())) {
                double capacity = replica.capacity().value();
                if (replica.model().equals(model) && capacity > 0) {
                    if (other.nodeClass().equals(node.nodeClass())) {
                        return capacity;
                    }
                    perWatt = perWatt == 0 ? capacity / Math.max(1, watts(other)) : perWatt;
                }
            }
        }
        return perWatt * watts(node);
    }

    private static double watts(Node node) {
        return node.accelerators().stream()
                .mapToDouble((Accelerator a) -> a.tdp().value())
                .sum();
    }
}
