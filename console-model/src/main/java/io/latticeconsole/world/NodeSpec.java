package io.latticeconsole.world;

import io.latticeconsole.lattice.NodeId;
import java.util.List;

/// A machine of a drill lattice and the replicas it starts with.
public record NodeSpec(
        NodeId id, int site, NodeClass nodeClass, String address, double thermalFactor, List<Placed> replicas) {
    public NodeSpec {
        replicas = List.copyOf(replicas);
    }

    /// A replica of the model with that index, on `count` accelerators from `firstAccelerator`.
    public record Placed(String code, int model, int firstAccelerator, int count) {}
}
