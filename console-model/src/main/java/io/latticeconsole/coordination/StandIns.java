package io.latticeconsole.coordination;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.Surge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Replicas that drains left running in place of what they took out; the restore of the last of its nodes retires them.
final class StandIns {
    private record Left(Set<NodeId> nodes, List<Surge> surges) {}

    private final Map<OperationId, Left> byDrain = new LinkedHashMap<>();

    void keep(OperationId drain, Collection<NodeId> nodes, List<Surge> surges) {
        byDrain.put(drain, new Left(Set.copyOf(nodes), List.copyOf(surges)));
    }

    /// What nobody needs once these nodes serve again.
    List<Surge> freedBy(Collection<NodeId> restored) {
        return byDrain.values().stream()
                .filter(left -> restored.containsAll(left.nodes()))
                .flatMap(left -> left.surges().stream())
                .toList();
    }

    /// A redeploy has put another replica in a stand-in's place.
    void replaced(ReplicaId old, ReplicaId fresh) {
        byDrain.replaceAll((_, left) -> new Left(
                left.nodes(),
                left.surges().stream()
                        .map(s -> s.replica().equals(old) ? new Surge(s.placement(), fresh) : s)
                        .toList()));
    }

    void restored(Collection<NodeId> nodes) {
        for (OperationId drain : new ArrayList<>(byDrain.keySet())) {
            Left left = byDrain.get(drain);
            if (left != null) {
                Set<NodeId> still = new TreeSet<>(left.nodes());
                still.removeAll(nodes);
                if (still.isEmpty()) {
                    byDrain.remove(drain);
                } else {
                    byDrain.put(drain, new Left(Set.copyOf(still), left.surges()));
                }
            }
        }
    }
}
