package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.routing.RouterView;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.ServiceTimes;
import io.latticeconsole.world.SiteSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The router's view as one gateway keeps it: a row for each replica it has heard of, its own or another's.
final class Rows {
    final RouterView view;
    private final WorldSpec world;
    private final Surroundings surroundings;
    private final Map<ReplicaId, Integer> rowOf = new HashMap<>();
    private final Map<NodeId, List<ReplicaId>> ofNode = new HashMap<>();
    private final Map<String, Integer> siteIndex = new HashMap<>();
    private final Map<String, Integer> modelIndex = new HashMap<>();
    private final Map<NodeId, AcceleratorType> typeOf = new HashMap<>();
    private final Set<NodeId> broken = new HashSet<>();
    private final Map<ResourceName, Double> admissions = new HashMap<>();
    private int[] engine = new int[64];
    private @Nullable NodeId[] node = new @Nullable NodeId[64];
    private boolean dirty;

    Rows(Surroundings surroundings, int region) {
        this.surroundings = surroundings;
        this.world = surroundings.world();
        List<ModelSpec> models = world.models();
        int[] level = levels(world, region);
        double[] rtt = new double[level.length];
        Arrays.fill(rtt, 1);
        view = new RouterView(
                models.stream().map(m -> m.objective().metric()).toArray(ObjectiveMetric[]::new),
                models.stream()
                        .mapToDouble(m -> m.objective().p95Limit().value())
                        .toArray(),
                level,
                rtt);
        world.nodes().forEach(n -> typeOf.put(n.id(), n.nodeClass().type()));
        for (int i = 0; i < world.sites().size(); i++) {
            siteIndex.put(world.sites().get(i).id().name(), i);
        }
        for (int i = 0; i < models.size(); i++) {
            modelIndex.put(models.get(i).id().name(), i);
        }
    }

    /// 0 for sites of the own region, then a level per region by distance of the ingresses.
    private static int[] levels(WorldSpec world, int region) {
        List<RegionSpec> regions = world.regions();
        RegionSpec here = regions.get(region);
        int[] rank = new int[regions.size()];
        for (int r = 0; r < rank.length; r++) {
            double distance = here.ingress().distanceKm(regions.get(r).ingress());
            for (RegionSpec other : regions) {
                rank[r] += here.ingress().distanceKm(other.ingress()) < distance ? 1 : 0;
            }
        }
        return world.sites().stream().mapToInt(s -> rank[s.region()]).toArray();
    }

    int siteIndex(SiteId site) {
        Integer i = siteIndex.get(site.name());
        return i == null ? -1 : i;
    }

    int modelIndex(String name) {
        Integer i = modelIndex.get(name);
        return i == null ? -1 : i;
    }

    int row(ReplicaId replica) {
        Integer row = rowOf.get(replica);
        return row == null ? -1 : row;
    }

    int engine(int row) {
        return engine[row];
    }

    @Nullable
    NodeId node(int row) {
        return node[row];
    }

    List<ReplicaId> replicasOf(NodeId id) {
        return ofNode.getOrDefault(id, List.of());
    }

    /// Takes in what changed in the gateway's state.
    void changed(LatticeEvent event, LatticeState state) {
        switch (event) {
            case LatticeEvent.ObjectChanged(Replica replica) -> update(replica, state);
            case LatticeEvent.ObjectChanged(Node changed) -> {
                if (changed.health() == Health.UP) {
                    broken.remove(changed.id());
                }
                for (ReplicaId id : List.copyOf(replicasOf(changed.id()))) {
                    Replica replica = state.replica(id);
                    if (replica != null) {
                        update(replica, state);
                    }
                }
            }
            case LatticeEvent.ObjectRemoved(ReplicaId id) -> forget(id);
            case LatticeEvent.ObjectChanged _, LatticeEvent.ObjectRemoved _ -> {}
        }
    }

    private void forget(ReplicaId id) {
        int row = row(id);
        if (row >= 0) {
            view.ready[row] = false;
            view.capacity[row] = 0;
            dirty = true;
            rowOf.remove(id);
            ofNode.getOrDefault(id.node(), new ArrayList<>()).remove(id);
        }
    }

    private void update(Replica replica, LatticeState state) {
        Node host = state.nodes().get(replica.id().node());
        int model = modelIndex(replica.model().name());
        int site = siteIndex(replica.id().node().site());
        if (host == null || model < 0 || site < 0) {
            return;
        }
        int row = row(replica.id());
        if (row < 0) {
            row = newRow(replica, host, model, site);
        }
        engine[row] = surroundings.resolve(replica.id());
        double tdp = host.accelerators().isEmpty()
                ? Double.NaN
                : host.accelerators().getFirst().tdp().value();
        view.energy[row] = Double.isNaN(tdp) ? 0 : tdp / replica.capacity().value() / 100;
        boolean serving = host.adminState() == AdminState.SERVING
                || host.adminState() == AdminState.CORDONED
                || host.adminState() == AdminState.WARMING;
        boolean ready = serving
                && replica.state() == ReplicaState.READY
                && host.health() != Health.DOWN
                && !broken.contains(host.id());
        if (ready && !view.ready[row] && surroundings.now() > 0) {
            view.readySince[row] = surroundings.now();
        }
        view.ready[row] = ready;
        view.throttled[row] = host.throttled();
        view.risk[row] = host.health() == Health.SUSPECT ? 0.6 : 0;
        dirty = true;
    }

    private int newRow(Replica replica, Node host, int model, int site) {
        int row = view.addRow(model, site);
        if (row >= engine.length) {
            engine = Arrays.copyOf(engine, 2 * row);
            node = Arrays.copyOf(node, 2 * row);
        }
        rowOf.put(replica.id(), row);
        ofNode.computeIfAbsent(host.id(), _ -> new ArrayList<>()).add(replica.id());
        node[row] = host.id();
        AcceleratorType type = typeOf.computeIfAbsent(host.id(), _ -> told(host));
        ServiceTimes times = world.models().get(model).on(type);
        view.prefillBase[row] = times.prefillBase();
        view.prefillPerToken[row] = times.prefillPerToken();
        view.itlBase[row] = times.itlBase();
        view.itlPerSequence[row] = times.itlPerSequence();
        view.maxBatch[row] = Math.max(replica.maxBatch(), 1);
        view.capacity[row] = replica.capacity().value();
        view.readySince[row] = surroundings.now() > 0 ? surroundings.now() : Long.MIN_VALUE / 4;
        view.admission[row] = Math.min(
                admissions.getOrDefault(replica.id(), 1.0),
                admissions.getOrDefault(replica.id().node(), 1.0));
        return row;
    }

    /// The kind of a machine that is not in the configuration, as its owner tells it.
    private static AcceleratorType told(Node host) {
        if (host.accelerators().isEmpty()) {
            return AcceleratorType.measured(host.nodeClass(), 1, Double.NaN);
        }
        Accelerator first = host.accelerators().getFirst();
        return AcceleratorType.measured(
                first.product(), first.memoryBytes(), first.tdp().value());
    }

    /// Sets the share of its usual traffic that a node or replica is given.
    void admit(ResourceName subject, double weight) {
        admissions.put(subject, weight);
        List<ReplicaId> ids = switch (subject) {
            case NodeId id -> replicasOf(id);
            case ReplicaId id -> List.of(id);
            case SiteId _,
                    io.latticeconsole.lattice.RegionId _,
                    io.latticeconsole.lattice.ModelId _,
                    io.latticeconsole.lattice.RouteId _,
                    io.latticeconsole.lattice.PathId _,
                    io.latticeconsole.lattice.GatewayId _ -> List.of();
        };
        for (ReplicaId id : ids) {
            int row = row(id);
            if (row >= 0) {
                view.admission[row] =
                        Math.min(admissions.getOrDefault(id, 1.0), admissions.getOrDefault(id.node(), 1.0));
            }
        }
        dirty = true;
    }

    /// A connection to a node broke: nothing goes there until its owner says that it is up again.
    void breakNode(NodeId id) {
        broken.add(id);
        for (ReplicaId replica : replicasOf(id)) {
            int row = row(replica);
            if (row >= 0) {
                view.ready[row] = false;
            }
        }
        dirty = true;
    }

    /// The connection to a node stands again: what its owner says of it counts.
    void mendNode(NodeId id, LatticeState state) {
        if (broken.remove(id)) {
            for (ReplicaId replica : List.copyOf(replicasOf(id))) {
                Replica there = state.replica(replica);
                if (there != null) {
                    update(there, state);
                }
            }
        }
    }

    void markDirty() {
        dirty = true;
    }

    /// Sorts the view again if anything changed.
    void settle() {
        if (dirty) {
            dirty = false;
            view.rebuild();
        }
    }

    SiteSpec site(int index) {
        return world.sites().get(index);
    }
}
