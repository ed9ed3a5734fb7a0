package io.latticeconsole.plan;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the lattice's replicas tell of how models run on kinds of nodes: requests/s and accelerators of one replica. A
/// model counts as able to run on an accelerator product only when it does so somewhere.
final class Fleet {
    /// How one replica of a model runs on a product.
    record Fit(double capacity, int accelerators) {}

    private final Map<ModelId, Map<String, Fit>> byProduct = new HashMap<>();
    private final LatticeState lattice;

    Fleet(LatticeState lattice, Collection<ModelId> models) {
        this.lattice = lattice;
        for (Node node : lattice.nodes().values()) {
            for (Replica r : lattice.replicasOf(node.id())) {
                if (r.capacity().value() > 0 && models.contains(r.model()) && r.state() != ReplicaState.FAILED) {
                    byProduct
                            .computeIfAbsent(r.model(), _ -> new HashMap<>())
                            .putIfAbsent(
                                    product(node), new Fit(r.capacity().value(), Math.max(1, r.acceleratorCount())));
                }
            }
        }
    }

    private static String product(Node node) {
        return node.accelerators().isEmpty()
                ? ""
                : node.accelerators().getFirst().product();
    }

    /// How a replica would run on a node, or null where nothing like it is known.
    @Nullable
    Fit fit(ModelId model, Node node) {
        return byProduct.getOrDefault(model, Map.of()).get(product(node));
    }

    /// Requests/s of a replica on a node, 0 where nothing like it is known.
    double capacity(ModelId model, NodeId on) {
        Node node = lattice.nodes().get(on);
        Fit fit = node == null ? null : fit(model, node);
        return fit == null ? 0 : fit.capacity();
    }

    /// Power that a replica's accelerators may draw, in watts.
    static double watts(Node node, Replica replica) {
        double tdp = node.accelerators().stream()
                .mapToDouble((Accelerator a) -> a.tdp().value())
                .sum();
        return tdp
                * replica.acceleratorCount()
                / Math.max(1, node.accelerators().size());
    }
}
