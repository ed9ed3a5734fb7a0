package io.latticeconsole.coordination;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.LatticeReducer;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A small lattice in memory: machines, their gateways and what the coordinator's host was told of them.
final class FakeLattice {
    static final List<String> REGIONS = List.of("ap", "eu", "us");
    static final ModelId CHAT = new ModelId("models/chat-8b");
    static final ModelId EMBED = new ModelId("models/embed-0.3b");
    static final double CAPACITY = 10;

    final Map<NodeId, FakeNode> nodes = new TreeMap<>();
    final Map<GatewayId, FakeGateway> gateways = new TreeMap<>();
    LatticeState told = LatticeState.EMPTY;
    private final Timeline time;

    /// @param memories accelerator memory per node in GB, by number of the node in its site
    FakeLattice(Timeline time, int sitesPerRegion, List<Integer> memories) {
        this.time = time;
        tell(model(CHAT, 8e9, 0.8, "1"));
        tell(model(EMBED, 1e9, 0.8, "1"));
        for (int r = 0; r < REGIONS.size(); r++) {
            var region = new RegionId("regions/" + REGIONS.get(r));
            var gateway = new GatewayId("gateways/" + REGIONS.get(r));
            gateways.put(gateway, new FakeGateway(gateway, this));
            tell(new Region(region, REGIONS.get(r), new GeoPoint(20, 60 * r), gateway, "1"));
            for (int s = 1; s <= sitesPerRegion; s++) {
                site(region, r, s, memories);
            }
            tell(new Route(new RouteId(region.name() + "/routes/chat-8b"), RouteMode.AUTO, List.of(), "1"));
        }
    }

    private void site(RegionId region, int r, int s, List<Integer> memories) {
        var site = new SiteId(region.name() + "/sites/s-" + s);
        tell(new Site(
                site,
                region.code() + "-" + s,
                "",
                Tier.METRO,
                new GeoPoint(20 + s, 60 * r),
                new Watts(1e6),
                new Celsius(25),
                1,
                "1"));
        for (int n = 0; n < memories.size(); n++) {
            var node = new FakeNode(new NodeId(site.name() + "/nodes/n" + (n + 1)), nodes.size());
            nodes.put(node.id, node);
            memory.put(node.id, memories.get(n) * 1e9);
            put(node, new ReplicaId(node.id.name() + "/replicas/chat-8b-1"), CHAT);
            put(node, new ReplicaId(node.id.name() + "/replicas/embed-0.3b-1"), EMBED);
            tell(node);
        }
    }

    private final Map<NodeId, Double> memory = new TreeMap<>();

    private static void put(FakeNode node, ReplicaId id, ModelId model) {
        node.replicas.put(id, new FakeNode.FakeReplica(model, "1", ReplicaState.READY));
    }

    private static Model model(ModelId id, double bytes, double budget, String etag) {
        var objective = new Objective(ObjectiveMetric.TTFT, new Millis(5_000));
        return new Model(id, id.code(), "1", List.of("1", "2"), objective, bytes, budget, Set.of(Tier.METRO), 4, etag);
    }

    Instant now() {
        return time.now();
    }

    void tell(LatticeObject object) {
        told = LatticeReducer.apply(told, new LatticeEvent.ObjectChanged(object));
    }

    /// Tells the host how a node stands now.
    void tell(FakeNode n) {
        var accelerator = new Accelerator(0, "L40S", memory.getOrDefault(n.id, 48e9), new Watts(350), true, 0, "");
        tell(new Node(
                n.id,
                n.index,
                "1x L40S",
                List.of(accelerator),
                n.admin,
                n.alive ? Health.UP : Health.DOWN,
                "",
                Instant.EPOCH,
                "",
                Bands.NONE,
                new HardLimits(new Celsius(90), new Watts(400), new Millis(2_000)),
                CHAT,
                ObjectiveMetric.TTFT,
                false,
                Long.toString(n.etag)));
        for (Replica known : List.copyOf(told.replicasOf(n.id))) {
            if (!n.replicas.containsKey(known.id())) {
                told = LatticeReducer.apply(told, new LatticeEvent.ObjectRemoved(known.id()));
            }
        }
        n.replicas.forEach((id, r) -> tell(
                new Replica(id, r.model, r.version, r.state, 1, 32, new PerSecond(CAPACITY), "", r.version + r.state)));
    }

    GatewayId owner(NodeId node) {
        return new GatewayId("gateways/" + node.region().code());
    }

    FakeNode node(NodeId id) {
        FakeNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("no such node " + id);
        }
        return node;
    }

    /// The machine dies with all it runs; its replicas load again when it comes back.
    void kill(FakeNode n) {
        n.alive = false;
        n.running.forEach(r -> r.ended = true);
        n.running.clear();
        n.etag++;
        List<ReplicaId> dying = new ArrayList<>();
        n.replicas.forEach((id, r) -> {
            if (r.state == ReplicaState.DRAINING) {
                dying.add(id);
            }
            r.state = ReplicaState.FAILED;
        });
        dying.forEach(n.replicas::remove);
        tell(n);
    }

    void revive(FakeNode n) {
        n.alive = true;
        n.etag++;
        n.replicas.values().forEach(r -> r.state = ReplicaState.READY);
        tell(n);
    }

    double memoryOf(NodeId id) {
        return memory.getOrDefault(id, 0.0);
    }

    Timeline time() {
        return time;
    }
}
