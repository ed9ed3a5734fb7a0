package io.latticeconsole.gateway;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.plan.LoadView;
import io.latticeconsole.plan.NodeLoad;
import io.latticeconsole.telemetry.FlowSample;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What gateways said of their traffic, the latest of each.
public final class TrafficTold {
    private final Map<Integer, GatewayMessage.Traffic> latest = new HashMap<>();
    private @Nullable LoadView view;

    void take(GatewayMessage.Traffic message) {
        latest.put(message.from(), message);
        view = null;
    }

    /// All of it, as a planner wants it.
    public LoadView view() {
        LoadView current = view;
        if (current == null) {
            current = compute();
            view = current;
        }
        return current;
    }

    private LoadView compute() {
        Map<RouteId, Map<SiteId, FlowSample>> flows = new HashMap<>();
        Map<NodeId, NodeLoad> nodes = new HashMap<>();
        for (GatewayMessage.Traffic t : latest.values()) {
            for (FlowSample f : t.flows()) {
                flows.computeIfAbsent(f.route(), _ -> new HashMap<>()).put(f.site(), f);
            }
            for (int i = 0; i < t.nodes().size(); i++) {
                nodes.put(t.nodes().get(i), t.loads().get(i));
            }
        }
        return new LoadView(flows, nodes);
    }
}
