package io.latticeconsole.lattice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine with accelerators. `index` is dense within its owner's epoch and addresses the columns of samples;
/// `healthSince` is lattice time. `mainModel` is the model whose objective metric is the node's latency.
/// The etag covers what is configured and how the node fares (admin state, health, accelerators, address), not
/// `expected`: plans rest on it, and bands move with the load.
public record Node(
        NodeId id,
        int index,
        String nodeClass,
        List<Accelerator> accelerators,
        AdminState adminState,
        Health health,
        String healthReason,
        Instant healthSince,
        String address,
        Bands expected,
        HardLimits limits,
        @Nullable ModelId mainModel,
        ObjectiveMetric latencyMetric,
        boolean throttled,
        String etag)
        implements LatticeObject {
    public Node {
        accelerators = List.copyOf(accelerators);
    }
}
