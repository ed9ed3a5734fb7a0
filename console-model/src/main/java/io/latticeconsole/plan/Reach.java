package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far sites are from client regions. Where an ingress measured its path that is the round trip, with what lost
/// packets add; a cut path has none. Elsewhere it is estimated from the great circle: 1.75 × distance × 4.9 µs/km × 2
/// (light in fibre, and the usual detour), plus 1 ms.
final class Reach {
    private static final double DETOUR = 1.75;
    private static final double MICROS_PER_KM = 4.9;

    /// TCP's least time-out before it sends again (RFC 6298 has 1 s, Linux 200 ms); it doubles with every try.
    private static final double RETRANSMIT_MILLIS = 200;

    private static final int MOST_TRIES = 6;

    private final LatticeState lattice;
    private final Map<RegionId, Map<SiteId, Double>> known = new HashMap<>();
    private @Nullable Map<RegionId, Map<SiteId, NetworkPath>> measured;

    Reach(LatticeState lattice) {
        this.lattice = lattice;
    }

    /// Round trip in ms, infinite where the path is cut.
    double millis(RegionId region, SiteId site) {
        return known.computeIfAbsent(region, _ -> new HashMap<>()).computeIfAbsent(site, s -> compute(region, s));
    }

    boolean reaches(RegionId region, SiteId site) {
        return millis(region, site) < Double.POSITIVE_INFINITY;
    }

    private double compute(RegionId region, SiteId site) {
        NetworkPath path = measured().getOrDefault(region, Map.of()).get(site);
        if (path != null && path.cut()) {
            return Double.POSITIVE_INFINITY;
        }
        double rtt = path == null ? Double.NaN : path.rtt().value();
        double loss = path == null ? 0 : path.lossRatio();
        return (Double.isFinite(rtt) ? rtt : estimate(region, site)) + lossMillis(loss);
    }

    /// What retransmissions add to the 95th percentile of a request and its answer, each a message that is lost with
    /// probability `loss`: the waits of as many tries as one in twenty needs more of.
    static double lossMillis(double loss) {
        if (!(loss > 0)) {
            return 0;
        }
        double either = 1 - (1 - loss) * (1 - loss);
        int tries = 0;
        for (double more = either; more > 0.05 && tries < MOST_TRIES; more *= either) {
            tries++;
        }
        return RETRANSMIT_MILLIS * ((1 << tries) - 1);
    }

    private double estimate(RegionId region, SiteId site) {
        Region from = lattice.regions().get(region);
        Site to = lattice.sites().get(site);
        if (from == null || to == null) {
            return 200;
        }
        return 1 + DETOUR * from.ingress().distanceKm(to.position()) * MICROS_PER_KM * 2 / 1000;
    }

    /// The paths that begin nearest to each region's ingress.
    private Map<RegionId, Map<SiteId, NetworkPath>> measured() {
        Map<RegionId, Map<SiteId, NetworkPath>> paths = measured;
        if (paths == null) {
            paths = new HashMap<>();
            for (NetworkPath path : lattice.paths().values()) {
                RegionId region = path.id().from().region();
                paths.computeIfAbsent(region, _ -> new HashMap<>())
                        .merge(path.to(), path, (a, b) -> offset(region, b) < offset(region, a) ? b : a);
            }
            measured = paths;
        }
        return paths;
    }

    private double offset(RegionId region, NetworkPath path) {
        Region of = lattice.regions().get(region);
        Site start = lattice.sites().get(path.id().from());
        return of == null || start == null
                ? Double.POSITIVE_INFINITY
                : of.ingress().distanceKm(start.position());
    }

    double km(SiteId a, SiteId b) {
        Site from = lattice.sites().get(a);
        Site to = lattice.sites().get(b);
        return from == null || to == null ? 20_000 : from.position().distanceKm(to.position());
    }
}
