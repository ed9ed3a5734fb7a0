package io.latticeconsole.drill.sim;

import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Power that machines draw, site by site, against each site's cap; and the energy they took.
final class SitePower {
    private final double[] cap;
    private final double[] watts;
    private final List<List<Double>> limits;
    private double joules;

    SitePower(WorldSpec world) {
        cap = world.sites().stream().mapToDouble(s -> s.powerCapWatts()).toArray();
        watts = new double[cap.length];
        limits = Stream.generate(() -> (List<Double>) new ArrayList<Double>())
                .limit(cap.length)
                .toList();
    }

    /// A site's machines draw so much more, or less.
    void draw(int site, double more) {
        watts[site] += more;
    }

    void took(double more) {
        joules += more;
    }

    double joules() {
        return joules;
    }

    double watts(int site) {
        return watts[site];
    }

    double cap(int site) {
        double least = cap[site];
        for (double limit : limits.get(site)) {
            least = Math.min(least, limit);
        }
        return least;
    }

    /// Holds a site to so much more; the lowest limit counts.
    void limit(int site, double most) {
        limits.get(site).add(most);
    }

    /// Takes one such limit back.
    void lift(int site, double most) {
        limits.get(site).remove(most);
    }

    /// Each second: machines of a site above its cap are slowed until it fits.
    void apply(Machine[] machines) {
        for (Machine machine : machines) {
            int site = machine.spec.site();
            double share = watts[site] / cap(site);
            double target = machine.powerShare / Math.max(1e-3, share);
            double next = share > 1 || machine.powerShare < 1 ? Math.max(0.3, Math.min(1, target)) : 1;
            machine.powerShare += 0.5 * (next - machine.powerShare);
            machine.powerShare = machine.powerShare > 0.995 ? 1 : machine.powerShare;
        }
    }
}
