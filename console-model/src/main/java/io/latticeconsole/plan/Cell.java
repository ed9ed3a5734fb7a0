package io.latticeconsole.plan;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.SiteId;

/// One model at one site while a plan is computed: ready replicas and the load on them, before and after. Confined to
/// one planning call.
final class Cell {
    final SiteId site;
    final ModelId model;
    /// As it is, whatever running operations have claimed.
    double capacityNow;
    double capacityBefore;
    double capacity;
    int serversBefore;
    int servers;
    double loadBefore;
    double load;
    double tdpWatts;
    double mostTdpWatts;
    double latencySum;
    double latencyWeight;

    Cell(SiteId site, ModelId model) {
        this.site = site;
        this.model = model;
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

    /// TTFT p95 as observed, or NaN.
    double observedMillis() {
        return latencyWeight > 0 ? latencySum / latencyWeight : Double.NaN;
    }

    /// TTFT p95 before: observed, or without an observation one service time and the wait.
    double ttftBefore() {
        double observed = observedMillis();
        if (!Double.isNaN(observed)) {
            return observed;
        }
        return capacityBefore > 0 ? serviceMillis(capacityBefore, serversBefore) + waitBefore() : Double.NaN;
    }

    /// TTFT p95 after: what it was, and the change of the wait.
    double ttftAfter() {
        if (!(capacity > 0)) {
            return Double.NaN;
        }
        double wait = Queueing.waitP95Millis(load, capacity, servers);
        double before = ttftBefore();
        if (Double.isNaN(before)) {
            return serviceMillis(capacity, servers) + wait;
        }
        return Math.max(0.3 * before, before + wait - waitBefore());
    }

    private double waitBefore() {
        return capacityBefore > 0 ? Queueing.waitP95Millis(loadBefore, capacityBefore, serversBefore) : 0;
    }

    private static double serviceMillis(double capacity, int servers) {
        return capacity > 0 ? 1000.0 * servers / capacity : 0;
    }
}
