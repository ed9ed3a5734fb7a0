package io.latticeconsole.lattice;

import io.latticeconsole.unit.Millis;

/// The network from one site to another.
public record NetworkPath(PathId id, SiteId to, Millis rtt, double lossRatio, boolean cut, String etag)
        implements LatticeObject {}
