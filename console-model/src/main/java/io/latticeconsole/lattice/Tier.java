package io.latticeconsole.lattice;

/// Kind of place a site is.
public enum Tier {
    REGIONAL,
    METRO,
    EDGE
}
