package io.latticeconsole.lattice;

/// What operators decided about a node.
public enum AdminState {
    SERVING,
    CORDONED,
    DRAINING,
    DRAINED,
    WARMING
}
