package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What is measured now where effects were predicted.
public final class Aftermath {
    private Aftermath() {}

    /// The same sites and models in the same order: `before` as predicted, `after` as the state and load have it. NaN
    /// where nothing is measured.
    public static List<SiteEffect> of(LatticeState lattice, LoadView load, List<SiteEffect> predicted) {
        Set<ModelId> models = new TreeSet<>();
        predicted.forEach(e -> models.add(e.model()));
        var now = new Forecast(lattice, load, models, List.of());
        return predicted.stream().map(e -> measured(now, e)).toList();
    }

    private static SiteEffect measured(Forecast now, SiteEffect e) {
        Cell cell = now.cell(e.site(), e.model());
        return new SiteEffect(
                e.site(),
                e.model(),
                e.before(),
                new PerSecond(cell.load()),
                e.ttftP95Before(),
                new Millis(cell.latencies.ttftObserved()),
                e.headroomBefore(),
                new Ratio(cell.headroom()),
                new Watts(now.powerBefore(e.site())),
                e.objectiveP95Before(),
                new Millis(cell.latencies.objectiveObserved()));
    }
}
