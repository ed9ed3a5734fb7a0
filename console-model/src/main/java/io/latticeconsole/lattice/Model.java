package io.latticeconsole.lattice;

import java.util.List;
import java.util.Set;

/// A servable model. `minReadyFraction` (its budget) is the share of the capacity needed by the offered load that
/// operators must leave ready; `loadSeconds` is the typical time to load a replica.
public record Model(
        ModelId id,
        String displayName,
        String version,
        List<String> versions,
        Objective objective,
        double sizeBytes,
        double minReadyFraction,
        Set<Tier> tiers,
        double loadSeconds,
        String etag)
        implements LatticeObject {
    public Model {
        versions = List.copyOf(versions);
        tiers = Set.copyOf(tiers);
    }
}
