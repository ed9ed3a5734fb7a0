package io.latticeconsole.plan;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.Placement;
import java.util.List;
import java.util.Set;

/// What a running operation has taken out of the lattice's capacity, or is about to, and what it promised to place for
/// that. Placements that are loaded already are part of the state and not promised any more.
public record Reservation(Set<NodeId> removed, List<Placement> promised) {
    public Reservation {
        removed = Set.copyOf(removed);
        promised = List.copyOf(promised);
    }
}
