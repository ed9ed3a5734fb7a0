package io.latticeconsole.drill.sim;

import io.latticeconsole.world.RandomStream;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.SiteSpec;
import io.latticeconsole.world.WorldSpec;

/// The network between each region's ingress and each site: one-way delay, loss, and cuts, which are counted so
/// that faults combine. Great-circle distance × 4.9 µs/km (light in fibre) × 1.75 for the way cables take; loss
/// shows as retransmissions, as TCP hides it, and as lost probes.
final class Network {
    static final long BROKEN = -1;
    private static final double NANOS_PER_KM = 4_900 * 1.75;
    private static final long LOCAL_NANOS = 150_000;
    private static final long RETRANSMIT_NANOS = 200_000_000;

    private final int sites;
    private final long[] delay;
    private final long[] extra;
    private final double[] loss;
    private final int[] cuts;
    private final int[] ingressSite;
    private final RandomStream random;

    Network(WorldSpec world) {
        sites = world.sites().size();
        int regions = world.regions().size();
        delay = new long[regions * sites];
        extra = new long[delay.length];
        loss = new double[delay.length];
        cuts = new int[delay.length];
        ingressSite = world.regions().stream().mapToInt(RegionSpec::ingressSite).toArray();
        random = new RandomStream(world.seed(), "network");
        for (int r = 0; r < regions; r++) {
            for (int s = 0; s < sites; s++) {
                SiteSpec site = world.sites().get(s);
                double km = world.regions().get(r).ingress().distanceKm(site.position());
                delay[index(r, s)] = LOCAL_NANOS + (long) (km * NANOS_PER_KM);
            }
        }
    }

    private int index(int region, int site) {
        return region * sites + site;
    }

    /// Round trip without load or faults, in ms.
    double nominalRttMs(int region, int site) {
        return 2 * delay[index(region, site)] / 1e6;
    }

    boolean isCut(int region, int site) {
        return cuts[index(region, site)] > 0;
    }

    /// How long a message takes now, either way, or [#BROKEN].
    long sample(int region, int site) {
        int i = index(region, site);
        if (cuts[i] > 0) {
            return BROKEN;
        }
        long nanos = delay[i] + extra[i];
        nanos += (long) (nanos * 0.02 * random.nextExponential());
        double p = loss[i];
        for (int tries = 0; p > 0 && tries < 6 && random.nextDouble() < p; tries++) {
            nanos += RETRANSMIT_NANOS << tries;
        }
        return nanos;
    }

    /// Whether a probe, which nobody retransmits, is lost.
    boolean losesProbe(int region, int site) {
        double p = loss[index(region, site)];
        return p > 0 && random.nextDouble() < p;
    }

    void addDelay(int region, int site, long nanos) {
        extra[index(region, site)] += nanos;
        mirror(region, site, i -> extra[i] += nanos);
    }

    void addLoss(int region, int site, double ratio) {
        loss[index(region, site)] += ratio;
        mirror(region, site, i -> loss[i] += ratio);
    }

    /// Cuts a path once more (+1) or mends one cut of it (-1).
    void cut(int region, int site, int by) {
        cuts[index(region, site)] += by;
        mirror(region, site, i -> cuts[i] += by);
    }

    /// As [#cut], leaving the other region's entry for the same cable alone.
    void cutOneWay(int region, int site, int by) {
        cuts[index(region, site)] += by;
    }

    /// A path between two ingress sites is the same cable for both regions.
    private void mirror(int region, int site, java.util.function.IntConsumer change) {
        for (int r = 0; r < ingressSite.length; r++) {
            if (ingressSite[r] == site && r != region) {
                change.accept(index(r, ingressSite[region]));
            }
        }
    }
}
