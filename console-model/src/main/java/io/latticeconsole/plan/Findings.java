package io.latticeconsole.plan;

import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads effects and violations off a finished [Forecast].
final class Findings {
    /// Below that a change of load is noise.
    private static final double NOTHING = 0.005;

    private Findings() {}

    static List<SiteEffect> effects(Forecast f) {
        List<SiteEffect> effects = new ArrayList<>();
        for (ModelId id : f.models) {
            Model model = f.lattice.models().get(id);
            for (Cell c : f.cells(id)) {
                if (Math.abs(c.load() - c.loadBefore) > NOTHING || c.capacity != c.capacityBefore) {
                    effects.add(new SiteEffect(
                            c.site,
                            c.model,
                            new PerSecond(c.loadBefore),
                            new PerSecond(c.load()),
                            new Millis(c.latencies.ttftBefore()),
                            new Millis(c.latencies.ttftAfter(f.reach)),
                            new Ratio(c.headroomBefore()),
                            new Ratio(c.headroom()),
                            new Watts(f.powerAfter(c.site)),
                            new Millis(model == null ? Double.NaN : c.latencies.objectiveBefore(model)),
                            new Millis(model == null ? Double.NaN : c.latencies.objectiveAfter(model, f.reach))));
                }
            }
        }
        return effects;
    }

    static List<Violation> violations(Forecast f) {
        List<Violation> found = new ArrayList<>();
        for (ModelId id : f.models) {
            Model model = f.lattice.models().get(id);
            if (model != null) {
                Violation budget = budget(f, model);
                if (budget != null) {
                    found.add(budget);
                }
                if (f.unserved(id) > NOTHING) {
                    String text = String.format(
                            Locale.ROOT,
                            "%.1f requests/s of %s find no ready capacity anywhere",
                            f.unserved(id),
                            id.code());
                    found.add(new Violation(
                            ViolationKind.HEADROOM, id.name(), text, f.offered(id) > f.capacityBefore(id)));
                }
                f.cells(id).forEach(c -> cell(f, model, c, found));
                Contingencies.violations(f, model, found);
            }
        }
        power(f, found);
        return found;
    }

    /// The capacity that an offered load needs: so much that it is used to 80 %.
    static double needed(double offered) {
        return offered / 0.8;
    }

    static @Nullable Violation budget(Forecast f, Model model) {
        double required = model.minReadyFraction() * needed(f.offered(model.id()));
        double after = f.capacity(model.id());
        if (after >= required * (1 - 1e-9)) {
            return null;
        }
        String text = String.format(
                Locale.ROOT,
                "%s keeps %.1f/s ready of the %.1f/s that its budget asks for (%.0f %% of what %.1f/s need)",
                model.id().code(),
                after,
                required,
                100 * model.minReadyFraction(),
                f.offered(model.id()));
        return new Violation(
                ViolationKind.BUDGET, model.id().name(), text, f.capacityNow(model.id()) < required * (1 - 1e-9));
    }

    private static void cell(Forecast f, Model model, Cell c, List<Violation> found) {
        boolean more = c.load() > c.loadBefore + NOTHING;
        if (more && c.capacity > 0 && c.load() > c.capacity * (1 + 1e-9)) {
            String text = String.format(
                    Locale.ROOT,
                    "gets %.1f/s of %s and can serve %.1f/s",
                    c.load(),
                    model.id().code(),
                    c.capacity);
            found.add(new Violation(ViolationKind.HEADROOM, c.site.name(), text, c.loadBefore > c.capacityBefore));
        }
        double limit = model.objective().p95Limit().value();
        boolean loses = c.capacity < c.capacityBefore;
        if ((more || loses) && c.load() > NOTHING) {
            double after = c.latencies.objectiveAfter(model, f.reach);
            if (after > limit) {
                String text = String.format(
                        Locale.ROOT,
                        "%s p95 of %s rises to %.0f ms, its objective is %.0f ms",
                        model.objective().metric(),
                        model.id().code(),
                        after,
                        limit);
                found.add(new Violation(
                        ViolationKind.OBJECTIVE, c.site.name(), text, c.latencies.objectiveBefore(model) > limit));
            }
        }
    }

    private static void power(Forecast f, List<Violation> found) {
        var sites = new TreeSet<SiteId>();
        f.models.forEach(m -> f.cells(m).forEach(c -> {
            if (c.load() > c.loadBefore + NOTHING) {
                sites.add(c.site);
            }
        }));
        for (SiteId id : sites) {
            Site site = f.lattice.sites().get(id);
            if (site != null && site.powerCap().isPresent()) {
                double cap = site.powerCap().value();
                double after = f.powerAfter(id);
                if (after > cap) {
                    String text = String.format(
                            Locale.ROOT, "%s would draw %.1f kW of %.1f kW", id.code(), after / 1000, cap / 1000);
                    found.add(new Violation(ViolationKind.POWER_CAP, id.name(), text, f.powerBefore(id) > cap));
                }
            }
        }
    }
}
