package io.latticeconsole.plan;

import io.latticeconsole.operation.ReplicaReading;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.Map;

/// The latest report of a node, as the planner sees it; NaN where there is no reading. `replicas` are its replicas'
/// figures by code, none where the node is silent: the gate of a redeploy rests on them.
public record NodeLoad(
        Ratio utilization,
        Watts power,
        Millis ttftP95,
        PerSecond requests,
        PerSecond tokens,
        double queueDepth,
        double inFlight,
        Ratio kvCacheUsage,
        Map<String, ReplicaReading> replicas) {
    public NodeLoad {
        replicas = Map.copyOf(replicas);
    }
}
