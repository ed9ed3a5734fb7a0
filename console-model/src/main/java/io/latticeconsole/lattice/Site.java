package io.latticeconsole.lattice;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Watts;

/// A place with nodes. The code (`PAR-1`) is unique in the lattice and is what an operator types to confirm.
public record Site(
        SiteId id,
        String code,
        String displayName,
        Tier tier,
        GeoPoint position,
        Watts powerCap,
        Celsius inlet,
        long ownershipTerm,
        String etag)
        implements LatticeObject {}
