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
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Supply and demand of some models, as they are and as an operation would leave them. Written step by step by one
/// planner, confined to one call.
final class Forecast {
    /// Watts between idle and full work, as a share of TDP: idle accelerators draw about a quarter (Acme trace).
    private static final double DYNAMIC_SHARE = 0.75;

    final LatticeState lattice;
    final LoadView load;
    final Set<ModelId> models;
    private final Map<ModelId, Map<SiteId, Cell>> cells = new TreeMap<>();
    private final Map<ModelId, Map<RegionId, Map<SiteId, Double>>> demand = new TreeMap<>();
    private final Map<ModelId, Double> unserved = new TreeMap<>();
    private final Map<NodeId, SiteId> sites = new HashMap<>();
    private final Map<SiteId, Double> power = new HashMap<>();
    final Reach reach;
    final Fleet fleet;

    Forecast(LatticeState lattice, LoadView load, Set<ModelId> models, Collection<Reservation> reservations) {
        this.lattice = lattice;
        this.load = load;
        this.models = models;
        this.reach = new Reach(lattice);
        this.fleet = new Fleet(lattice, models);
        models.forEach(m -> cells.put(m, new TreeMap<>()));
        supply();
        offer();
        cells.values().forEach(m -> m.values().forEach(c -> c.capacityNow = c.capacity));
        for (Reservation r : reservations) {
            r.removed().forEach(this::remove);
            r.promised().forEach(this::add);
        }
        cells.values().forEach(m -> m.values().forEach(Cell::begin));
        cells.values().forEach(m -> compare(m.values()));
    }

    /// Tells the sites that do not serve a model yet what it takes at the others.
    private void compare(Collection<Cell> ofModel) {
        double sum = 0;
        double way = 0;
        double weight = 0;
        for (Cell c : ofModel) {
            double here = c.latencies.wayBefore(reach);
            if (c.latencies.promisedWeight() > 0 && !Double.isNaN(here)) {
                sum += c.latencies.promisedSum();
                way += c.latencies.promisedWeight() * here;
                weight += c.latencies.promisedWeight();
            }
        }
        for (Cell c : ofModel) {
            c.latencies.typical = sum / weight;
            c.latencies.typicalWay = way / weight;
        }
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
        cell.serve(node.id(), sign * replica.capacity().value(), sign);
        cell.tdpWatts = Math.max(0, cell.tdpWatts + sign * Fleet.watts(node, replica));
        cell.mostTdpWatts = Math.max(cell.mostTdpWatts, cell.tdpWatts);
        NodeLoad report = load.nodes().get(node.id());
        double ttft = report == null ? Double.NaN : report.ttftP95().value();
        if (sign > 0 && !Double.isNaN(ttft)) {
            cell.latencies.ttft(ttft, replica.capacity().value());
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
            cell.take(region, rate);
            var m = lattice.models().get(model);
            if (m != null && flow.latencyP95().isPresent()) {
                double millis = flow.latencyP95().value();
                cell.latencies.promised(millis, rate);
                if (m.objective().metric() == ObjectiveMetric.TTFT) {
                    // What ingresses see counts more than what nodes report: it has the round trip in it.
                    cell.latencies.ttft(millis, 1e6 * rate);
                }
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
            double capacity = fleet.capacity(placement.model(), placement.node());
            cell(site(placement.node()), placement.model()).serve(placement.node(), capacity, 1);
        }
    }

    /// Takes away what was added.
    void lose(Placement placement) {
        double capacity = fleet.capacity(placement.model(), placement.node());
        cell(site(placement.node()), placement.model()).serve(placement.node(), -capacity, -1);
    }

    /// Moves what the changed cells can no longer take to where it would be answered soonest.
    void spread() {
        var spread = new Spread(this);
        models.forEach(m -> spread.move(m, demand.getOrDefault(m, Map.of())));
    }

    /// Counts a rate for which no site is eligible.
    void leaveUnserved(ModelId model, double rate) {
        unserved.merge(model, rate, Double::sum);
    }

    /// Power of a site afterwards: what its nodes report, and the work that comes or goes.
    double powerAfter(SiteId site) {
        double watts = powerBefore(site);
        for (ModelId model : models) {
            Cell c = cells.getOrDefault(model, Map.of()).get(site);
            double most = c == null ? 0 : Math.max(c.capacity, c.capacityBefore);
            if (c != null && most > 0) {
                watts += (c.load() - c.loadBefore) / most * c.mostTdpWatts * DYNAMIC_SHARE;
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
