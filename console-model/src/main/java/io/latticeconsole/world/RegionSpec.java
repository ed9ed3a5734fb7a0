package io.latticeconsole.world;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.RegionId;

/// A client region: its ingress gateway stands at the site with index `ingressSite`; `share` is its part of all
/// requests, `utcOffsetHours` shifts its daily curve.
public record RegionSpec(
        RegionId id,
        String displayName,
        GatewayId gateway,
        GeoPoint ingress,
        int ingressSite,
        double share,
        double utcOffsetHours) {}
