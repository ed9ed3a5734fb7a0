package io.latticeconsole.plan;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.SiteId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// One model at one site while a plan is computed: ready replicas and the load on them, before and after. Confined to
/// one planning call.
final class Cell {
    final SiteId site;
    final ModelId model;
    final Latencies latencies = new Latencies(this);

    /// As it is, whatever running operations have claimed.
    double capacityNow;

    double capacityBefore;
    double capacity;
    int serversBefore;
    int servers;
    double loadBefore;
    private double load;
    double tdpWatts;
    double mostTdpWatts;

    /// The load by the client region it comes from.
    final Map<RegionId, Double> from = new TreeMap<>();

    Map<RegionId, Double> fromBefore = Map.of();

    /// The capacity by the node it is on.
    final Map<NodeId, Double> nodes = new HashMap<>();

    Map<NodeId, Double> nodesBefore = Map.of();

    Cell(SiteId site, ModelId model) {
        this.site = site;
        this.model = model;
    }

    /// What is so far is how it was before.
    void begin() {
        capacityBefore = capacity;
        serversBefore = servers;
        loadBefore = load;
        fromBefore = Map.copyOf(from);
        nodesBefore = Map.copyOf(nodes);
    }

    /// Changes capacity by that of one replica.
    void serve(NodeId node, double requestsPerSecond, int replicas) {
        capacity = Math.max(0, capacity + requestsPerSecond);
        servers += replicas;
        nodes.merge(node, requestsPerSecond, (a, b) -> Math.max(0, a + b));
    }

    /// Changes the load from a client region.
    void take(RegionId region, double requestsPerSecond) {
        from.merge(region, requestsPerSecond, (a, b) -> Math.max(0, a + b));
        load += requestsPerSecond;
    }

    double load() {
        return load;
    }

    double free() {
        return capacity - load;
    }

    double headroomBefore() {
        return headroom(loadBefore, capacityBefore);
    }

    double headroom() {
        return headroom(load, capacity);
    }

    private static double headroom(double load, double capacity) {
        if (capacity > 0) {
            return 1 - load / capacity;
        }
        return load > 0.005 ? -1 : Double.NaN;
    }
}
