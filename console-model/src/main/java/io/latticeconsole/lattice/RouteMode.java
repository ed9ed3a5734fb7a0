package io.latticeconsole.lattice;

/// Who picks the site: the router, or weights that an operator set.
public enum RouteMode {
    AUTO,
    WEIGHTED
}
