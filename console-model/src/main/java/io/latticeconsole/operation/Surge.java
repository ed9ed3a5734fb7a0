package io.latticeconsole.operation;

import io.latticeconsole.lattice.ReplicaId;

/// A replica that an operation placed so that another can go.
public record Surge(Placement placement, ReplicaId replica) {}
