package io.latticeconsole.lattice;

import io.latticeconsole.unit.PerSecond;

/// One copy of a model version on a node. Capacity is what it serves within the model's objective at usual lengths.
public record Replica(
        ReplicaId id,
        ModelId model,
        String version,
        ReplicaState state,
        int acceleratorCount,
        int maxBatch,
        PerSecond capacity,
        String message,
        String etag)
        implements LatticeObject {}
