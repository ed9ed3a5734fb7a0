package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import java.util.Collection;

/// What nodes have in flight and in their caches.
final class Figures {
    private Figures() {}

    static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    static int inFlight(LoadView load, Collection<NodeId> nodes) {
        double sum = 0;
        for (NodeId id : nodes) {
            NodeLoad l = load.nodes().get(id);
            sum += l == null ? 0 : finite(l.inFlight()) + finite(l.queueDepth());
        }
        return (int) Math.round(sum);
    }

    /// Tokens in the caches of the nodes: used share of the memory that is left beside the weights, at about 131 kB a
    /// token for 16 GB of weights and 328 kB for 140 GB (grouped-query attention, 16 bit), in between by size.
    static double cachedTokens(LatticeState lattice, LoadView load, Collection<NodeId> nodes) {
        double tokens = 0;
        for (NodeId id : nodes) {
            NodeLoad l = load.nodes().get(id);
            Node node = lattice.nodes().get(id);
            if (l == null || node == null || !l.kvCacheUsage().isPresent()) {
                continue;
            }
            double weights = 0;
            for (Replica r : lattice.replicasOf(id)) {
                Model m = lattice.models().get(r.model());
                weights += m == null ? 0 : m.sizeBytes();
            }
            double memory = node.accelerators().stream()
                    .mapToDouble(a -> a.memoryBytes())
                    .sum();
            double perToken = 131_072 * Math.pow(Math.max(1e9, weights) / 16e9, 0.42);
            tokens += Math.max(0, memory - weights) * l.kvCacheUsage().value() / perToken;
        }
        return Math.round(tokens);
    }
}
