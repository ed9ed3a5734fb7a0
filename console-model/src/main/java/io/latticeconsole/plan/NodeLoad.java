package io.latticeconsole.plan;

import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;

/// The latest report of a node, as the planner sees it; NaN where there is no reading.
public record NodeLoad(
        Ratio utilization,
        Watts power,
        Millis ttftP95,
        PerSecond requests,
        PerSecond tokens,
        double queueDepth,
        double inFlight,
        Ratio kvCacheUsage) {}
