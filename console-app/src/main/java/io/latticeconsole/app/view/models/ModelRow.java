package io.latticeconsole.app.view.models;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.unit.Millis;

/// A model as the rail shows it: its ready replicas of all, and the 95th percentile of what it promises over the whole
/// lattice.
public record ModelRow(
        ModelId id,
        String name,
        int ready,
        int replicas,
        ObjectiveMetric metric,
        Millis p95,
        Millis limit,
        int priority) {
    public boolean isOverObjective() {
        return p95.value() > limit.value();
    }
}
