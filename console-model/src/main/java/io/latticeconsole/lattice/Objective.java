package io.latticeconsole.lattice;

import io.latticeconsole.unit.Millis;

/// What a model promises: the 95th percentile of a metric stays under a limit.
public record Objective(ObjectiveMetric metric, Millis p95Limit) {}
