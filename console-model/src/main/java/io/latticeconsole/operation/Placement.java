package io.latticeconsole.operation;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;

/// A replica started on a node so that another can go.
public record Placement(ModelId model, NodeId node, double loadSeconds) {}
