package io.latticeconsole.lattice;

/// What its gateway has heard of a node: SUSPECT after 1.5 s of silence, DOWN after 2.5 s or at once with a broken
/// connection.
public enum Health {
    UP,
    SUSPECT,
    DOWN
}
