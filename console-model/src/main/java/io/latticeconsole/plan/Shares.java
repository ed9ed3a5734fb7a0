package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.telemetry.FlowSample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How a route's requests spread over sites now.
public final class Shares {
    private Shares() {}

    /// Ordered weights of a WEIGHTED route; of an AUTO one what its ingress observes, else an even spread over
    /// the sites that have the model. Sums to 1, or is empty where nothing is known.
    public static List<SiteWeight> now(LatticeState lattice, LoadView load, RouteId id) {
        Route route = lattice.routes().get(id);
        if (route != null
                && route.mode() == RouteMode.WEIGHTED
                && !route.weights().isEmpty()) {
            return route.weights();
        }
        Map<SiteId, Double> rates = new TreeMap<>();
        Map<SiteId, FlowSample> flows = load.flows().getOrDefault(id, Map.of());
        flows.forEach((site, flow) -> {
            if (flow.requests().value() > 0) {
                rates.put(site, flow.requests().value());
            }
        });
        if (rates.isEmpty()) {
            for (Map.Entry<NodeId, ?> e : lattice.replicas().entrySet()) {
                for (Replica r : lattice.replicasOf(e.getKey())) {
                    if (r.model().equals(id.model())) {
                        rates.put(e.getKey().site(), 1.0);
                    }
                }
            }
        }
        double sum = rates.values().stream().mapToDouble(Double::doubleValue).sum();
        return rates.entrySet().stream()
                .map(e -> new SiteWeight(e.getKey(), e.getValue() / sum))
                .toList();
    }
}
