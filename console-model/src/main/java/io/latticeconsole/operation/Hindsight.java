package io.latticeconsole.operation;

import io.latticeconsole.unit.Ratio;
import java.time.Instant;
import java.util.List;

/// What followed an operation, beside what was predicted. `observed` has the predicted sites and models, before
/// as planned and after as the mean of some seconds up to the lattice time `measured`; errors are of the sites
/// that were to receive load, NaN where there was nothing to compare. Seconds are of lattice time, from start to
/// end.
public record Hindsight(
        Instant measured,
        List<SiteEffect> observed,
        Ratio loadError,
        Ratio objectiveError,
        double lowSeconds,
        double highSeconds,
        double seconds) {
    public Hindsight {
        observed = List.copyOf(observed);
    }

    /// Compares effects measured now with predicted ones, of the same sites and models in the same order.
    public static Hindsight of(
            Instant measured,
            List<SiteEffect> predicted,
            List<SiteEffect> observed,
            double lowSeconds,
            double highSeconds,
            double seconds) {
        double load = 0;
        double loadOff = 0;
        double weight = 0;
        double objectiveOff = 0;
        for (int i = 0; i < predicted.size(); i++) {
            SiteEffect p = predicted.get(i);
            SiteEffect o = observed.get(i);
            if (receives(p) && o.after().isPresent()) {
                load += p.after().value();
                loadOff += Math.abs(o.after().value() - p.after().value());
                double foreseen = p.objectiveP95After().value();
                double seen = o.objectiveP95After().value();
                if (foreseen > 0 && Double.isFinite(foreseen) && Double.isFinite(seen)) {
                    weight += p.after().value();
                    objectiveOff += p.after().value() * Math.abs(seen - foreseen) / foreseen;
                }
            }
        }
        return new Hindsight(
                measured,
                observed,
                new Ratio(load > 0 ? loadOff / load : Double.NaN),
                new Ratio(weight > 0 ? objectiveOff / weight : Double.NaN),
                lowSeconds,
                highSeconds,
                seconds);
    }

    /// Whether a predicted effect is of a site that was to take load.
    public static boolean receives(SiteEffect predicted) {
        return predicted.after().value() > predicted.before().value();
    }
}
