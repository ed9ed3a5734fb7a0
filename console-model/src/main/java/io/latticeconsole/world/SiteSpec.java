package io.latticeconsole.world;

import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;

/// A site of a drill lattice; `inletCelsius` is the air its machines breathe.
public record SiteSpec(
        SiteId id,
        int region,
        String code,
        String displayName,
        Tier tier,
        GeoPoint position,
        double powerCapWatts,
        double inletCelsius) {}
