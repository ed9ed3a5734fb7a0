package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import java.util.HashMap;
import java.util.Map;

/// Round trips between client regions and sites, estimated from the great circle: 1.75 × distance × 4.9 µs/km × 2
/// (light in fibre, and the usual detour), plus 1 ms.
final class Distances {
    private static final double DETOUR = 1.75;
    private static final double MICROS_PER_KM = 4.9;

    private final LatticeState lattice;
    private final Map<RegionId, Map<SiteId, Double>> known = new HashMap<>();

    Distances(LatticeState lattice) {
        this.lattice = lattice;
    }

    double millis(RegionId region, SiteId site) {
        return known.computeIfAbsent(region, _ -> new HashMap<>()).computeIfAbsent(site, s -> compute(region, s));
    }

    private double compute(RegionId region, SiteId site) {
        Region from = lattice.regions().get(region);
        Site to = lattice.sites().get(site);
        if (from == null || to == null) {
            return 200;
        }
        return 1 + DETOUR * from.ingress().distanceKm(to.position()) * MICROS_PER_KM * 2 / 1000;
    }

    double km(SiteId a, SiteId b) {
        Site from = lattice.sites().get(a);
        Site to = lattice.sites().get(b);
        return from == null || to == null ? 20_000 : from.position().distanceKm(to.position());
    }
}
