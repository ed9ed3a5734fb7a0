package io.latticeconsole.operation;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;

/// Predicted or observed change of one model at one site. Head-room is the free share of ready capacity, below 0
/// overload; the objective is the metric that the model promises.
public record SiteEffect(
        SiteId site,
        ModelId model,
        PerSecond before,
        PerSecond after,
        Millis ttftP95Before,
        Millis ttftP95After,
        Ratio headroomBefore,
        Ratio headroomAfter,
        Watts powerAfter,
        Millis objectiveP95Before,
        Millis objectiveP95After) {
    /// Requests/s that it gains, below 0 those that it loses; NaN where either is unknown.
    public double change() {
        return after.value() - before.value();
    }
}
