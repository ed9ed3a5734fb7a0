package io.latticeconsole.plan;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.telemetry.FlowSample;
import java.util.Map;

/// What a planner knows of traffic: flows as ingresses observed them, and node reports.
public record LoadView(Map<RouteId, Map<SiteId, FlowSample>> flows, Map<NodeId, NodeLoad> nodes) {
    public static final LoadView EMPTY = new LoadView(Map.of(), Map.of());
}
