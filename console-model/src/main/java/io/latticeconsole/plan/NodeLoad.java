package io.latticeconsole.plan;

import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;

/// The latest report of a node, as the planner sees it; NaN where there is no reading. `errorRatio` is of the
/// requests that the node ended in the last seconds: the gate of a redeploy rests on it.
public record NodeLoad(
        Ratio utilization,
        Watts power,
        Millis ttftP95,
        PerSecond requests,
        PerSecond tokens,
        double queueDepth,
        double inFlight,
        Ratio kvCacheUsage,
        Ratio errorRatio) {}
