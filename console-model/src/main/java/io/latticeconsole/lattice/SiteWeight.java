package io.latticeconsole.lattice;

/// A site's share, 0 to 1, of a route.
public record SiteWeight(SiteId site, double weight) {}
