package io.latticeconsole.plan;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.telemetry.FlowSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Supply and demand of some models, as they are and as an operation would leave them. Written step by step by one
/// planner, confined to one call.
final class Forecast {
    /// Watts between idle and full work, as a share of TDP: idle accelerators draw about a quarter (Acme trace).
    private static final double DYNAMIC_SHARE = 0.75;

    private static final int CHUNKS = 25;

    /// Receivers looked at for one client region: beyond the nearest ones the round trip decides anyway.
    private static final int NEAREST = 48;

    final LatticeState lattice;
    final LoadView load;
    final Set<ModelId> models;
    private final Map<ModelId, Map<SiteId, Cell>> cells = new TreeMap<>();
    private final Map<ModelId, Map<RegionId, Map<SiteId, Double>>> demand = new TreeMap<>();
    private final Map<ModelId, Double> unserved = new TreeMap<>();
    private final Map<NodeId, SiteId> sites = new HashMap<>();
    private final Map<SiteId, Double> power = new HashMap<>();
    private final Distances distances;
    final Fleet fleet;

    Forecast(LatticeState lattice, LoadView load, Set<ModelId> models, Collection<Reservation> reservations) {
        this.lattice = lattice;
        this.load = load;
        this.models = models;
        this.distances = new Distances(lattice);
        this.fleet = new Fleet(lattice, models);
        models.forEach(m -> cells.put(m, new TreeMap<>()));
        supply();
        offer();
        cells.values().forEach(m -> m.values().forEach(c -> c.capacityNow = c.capacity));
        for (Reservation r : reservations) {
            r.removed().forEach(this::remove);
            r.promised().forEach(this::add);
        }
        cells.values()
                .forEach(m -> m.values().forEach(c -> {
                    c.capacityBefore = c.capacity;
                    c.serversBefore = c.servers;
                    c.loadBefore = c.load;
                }));
    }

    static boolean serves(Node node) {
        return node.health() == Health.UP
                && (node.adminState() == AdminState.SERVING
                        || node.adminState() == AdminState.CORDONED
                        || node.adminState() == AdminState.WARMING);
    }

    private void supply() {
        for (Node node : lattice.nodes().values()) {
            if (serves(node)) {
                for (Replica replica : lattice.replicasOf(node.id())) {
                    if (replica.state() == ReplicaState.READY && models.contains(replica.model())) {
                        change(node, replica, 1);
                    }
                }
            }
        }
    }

    private void change(Node node, Replica replica, int sign) {
        Cell cell = cell(site(node.id()), replica.model());
        cell.capacity = Math.max(0, cell.capacity + sign * replica.capacity().value());
        cell.servers += sign;
        cell.tdpWatts = Math.max(0, cell.tdpWatts + sign * Fleet.watts(node, replica));
        cell.mostTdpWatts = Math.max(cell.mostTdpWatts, cell.tdpWatts);
        NodeLoad report = load.nodes().get(node.id());
        double ttft = report == null ? Double.NaN : report.ttftP95().value();
        if (sign > 0 && !Double.isNaN(ttft)) {
            cell.latencySum += ttft * replica.capacity().value();
            cell.latencyWeight += replica.capacity().value();
        }
    }

    private void offer() {
        for (Map.Entry<RouteId, Map<SiteId, FlowSample>> route : load.flows().entrySet()) {
            ModelId model = route.getKey().model();
            if (models.contains(model)) {
                RegionId region = route.getKey().region();
                route.getValue().forEach((site, flow) -> offer(model, region, site, flow));
            }
        }
    }

    private void offer(ModelId model, RegionId region, SiteId site, FlowSample flow) {
        double rate = flow.requests().value();
        if (rate > 0) {
            demand.computeIfAbsent(model, _ -> new TreeMap<>())
                    .computeIfAbsent(region, _ -> new TreeMap<>())
                    .merge(site, rate, Double::sum);
            Cell cell = cell(site, model);
            cell.load += rate;
            var m = lattice.models().get(model);
            boolean ttft = m != null && m.objective().metric() == ObjectiveMetric.TTFT;
            if (ttft && flow.latencyP95().isPresent()) {
                // What ingresses see counts more than what nodes report: it has the round trip in it.
                cell.latencySum += 1e6 * rate * flow.latencyP95().value();
                cell.latencyWeight += 1e6 * rate;
            }
        }
    }

    SiteId site(NodeId node) {
        return sites.computeIfAbsent(node, NodeId::site);
    }

    Cell cell(SiteId site, ModelId model) {
        return cells.computeIfAbsent(model, _ -> new TreeMap<>()).computeIfAbsent(site, s -> new Cell(s, model));
    }

    Collection<Cell> cells(ModelId model) {
        return cells.getOrDefault(model, Map.of()).values();
    }

    /// Requests/s of a model that reach some site now.
    double offered(ModelId model) {
        return cells(model).stream().mapToDouble(c -> c.loadBefore).sum();
    }

    double capacity(ModelId model) {
        return cells(model).stream().mapToDouble(c -> c.capacity).sum();
    }

    double capacityBefore(ModelId model) {
        return cells(model).stream().mapToDouble(c -> c.capacityBefore).sum();
    }

    double capacityNow(ModelId model) {
        return cells(model).stream().mapToDouble(c -> c.capacityNow).sum();
    }

    double unserved(ModelId model) {
        return unserved.getOrDefault(model, 0.0);
    }

    Map<SiteId, Double> demand(RegionId region, ModelId model) {
        return demand.getOrDefault(model, Map.of()).getOrDefault(region, Map.of());
    }

    double roundTripMillis(RegionId region, SiteId site) {
        return distances.millis(region, site);
    }

    /// Takes a node's ready replicas out of the supply.
    void remove(NodeId id) {
        Node node = lattice.nodes().get(id);
        if (node != null && serves(node)) {
            for (Replica replica : lattice.replicasOf(id)) {
                if (replica.state() == ReplicaState.READY && models.contains(replica.model())) {
                    change(node, replica, -1);
                }
            }
        }
    }

    void remove(ReplicaId id) {
        Node node = lattice.nodes().get(id.node());
        Replica replica = lattice.replica(id);
        if (node != null
                && replica != null
                && serves(node)
                && replica.state() == ReplicaState.READY
                && models.contains(replica.model())) {
            change(node, replica, -1);
        }
    }

    /// Adds a node's replicas as if they served.
    void restore(NodeId id) {
        Node node = lattice.nodes().get(id);
        if (node != null && !serves(node)) {
            for (Replica replica : lattice.replicasOf(id)) {
                if (replica.state() != ReplicaState.FAILED && models.contains(replica.model())) {
                    change(node, replica, 1);
                }
            }
        }
    }

    void add(Placement placement) {
        if (models.contains(placement.model())) {
            Cell cell = cell(site(placement.node()), placement.model());
            cell.capacity += fleet.capacity(placement.model(), placement.node());
            cell.servers++;
        }
    }

    /// Moves what the changed cells can no longer take: the share of a cell's load that its lost capacity carried goes
    /// to where a request from the same client region would be answered soonest, a small chunk at a time.
    void spread() {
        for (ModelId model : models) {
            var leaving = new TreeMap<RegionId, Double>();
            for (Map.Entry<RegionId, Map<SiteId, Double>> region :
                    demand.getOrDefault(model, Map.of()).entrySet()) {
                for (Map.Entry<SiteId, Double> flow : region.getValue().entrySet()) {
                    Cell cell = cell(flow.getKey(), model);
                    double kept = cell.capacityBefore > 0 ? Math.min(1, cell.capacity / cell.capacityBefore) : 1;
                    double moved = flow.getValue() * (1 - kept);
                    cell.load -= moved;
                    leaving.merge(region.getKey(), moved, Double::sum);
                }
            }
            leaving.forEach((region, rate) -> place(model, region, rate));
        }
    }

    /// Finds sites for a rate of one region; what finds none is unserved.
    void place(ModelId model, RegionId region, double rate) {
        if (rate <= 0) {
            return;
        }
        List<Cell> near = new ArrayList<>(cells(model));
        near.removeIf(c -> c.capacity <= 0);
        near.sort(Comparator.comparingDouble(c -> roundTripMillis(region, c.site)));
        List<Cell> reach = near.size() > NEAREST ? near.subList(0, NEAREST) : near;
        double chunk = rate / CHUNKS;
        for (int i = 0; i < CHUNKS; i++) {
            Cell best = best(reach, region, chunk);
            if (best == null) {
                best = best(near, region, chunk);
            }
            if (best == null) {
                squeeze(near, model, chunk);
            } else {
                best.load += chunk;
            }
        }
    }

    /// Fills what little is free, nearest first; the rest is unserved.
    private void squeeze(List<Cell> near, ModelId model, double chunk) {
        double left = chunk;
        for (Cell c : near) {
            double some = Math.clamp(c.free(), 0, left);
            c.load += some;
            left -= some;
        }
        if (left > 0) {
            unserved.merge(model, left, Double::sum);
        }
    }

    /// Counts a rate for which no site is eligible.
    void leaveUnserved(ModelId model, double rate) {
        unserved.merge(model, rate, Double::sum);
    }

    private @Nullable Cell best(List<Cell> among, RegionId region, double chunk) {
        Cell best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Cell c : among) {
            if (c.free() >= chunk) {
                double cost =
                        roundTripMillis(region, c.site) + Queueing.waitP95Millis(c.load + chunk, c.capacity, c.servers);
                if (cost < least) {
                    least = cost;
                    best = c;
                }
            }
        }
        return best;
    }

    /// Power of a site afterwards: what its nodes report, and the work that comes or goes.
    double powerAfter(SiteId site) {
        double watts = powerBefore(site);
        for (ModelId model : models) {
            Cell c = cells.getOrDefault(model, Map.of()).get(site);
            double most = c == null ? 0 : Math.max(c.capacity, c.capacityBefore);
            if (c != null && most > 0) {
                watts += (c.load - c.loadBefore) / most * c.mostTdpWatts * DYNAMIC_SHARE;
            }
        }
        return Math.max(0, watts);
    }

    double powerBefore(SiteId site) {
        if (power.isEmpty()) {
            load.nodes().forEach((node, l) -> {
                if (l.power().isPresent()) {
                    power.merge(site(node), l.power().value(), Double::sum);
                }
            });
        }
        return power.getOrDefault(site, 0.0);
    }
}
