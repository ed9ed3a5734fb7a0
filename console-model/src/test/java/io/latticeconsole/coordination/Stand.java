package io.latticeconsole.coordination;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.operation.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How nodes, weights and replicas stand.
record Stand(
        Map<RouteId, Route> routes,
        Map<NodeId, AdminState> admin,
        Map<String, Double> weights,
        Map<NodeId, Set<ReplicaId>> replicas) {
    static Stand of(FakeHost host) {
        Map<NodeId, AdminState> admin = new HashMap<>();
        Map<String, Double> weights = new HashMap<>();
        Map<NodeId, Set<ReplicaId>> replicas = new HashMap<>();
        host.lattice.nodes.values().forEach(n -> {
            admin.put(n.id, n.admin);
            replicas.put(n.id, Set.copyOf(n.replicas.keySet()));
            host.lattice.gateways.values().forEach(g -> weights.put(g.id + " " + n.id, g.weight(n.id.name())));
        });
        return new Stand(Map.copyOf(host.lattice.told.routes()), admin, weights, replicas);
    }

    List<String> differences(FakeHost host, Operation op) {
        List<String> found = new ArrayList<>();
        Stand now = of(host);
        String mark = "-"
                + op.id().name().substring(op.id().name().lastIndexOf('/') + 1).replace("-", "") + "-";
        op.targets().stream()
                .filter(RouteId.class::isInstance)
                .filter(r -> !same(routes.get(r), now.routes().get(r)))
                .forEach(r -> found.add("is " + now.routes().get(r) + " and was " + routes.get(r)));
        for (FakeNode n : host.lattice.nodes.values()) {
            boolean target = op.targets().stream().anyMatch(t -> n.id.name().startsWith(t.name()));
            if (n.replicas.keySet().stream().anyMatch(r -> r.code().contains(mark))) {
                found.add("its replicas are still on " + n.id);
            }
            if (target
                    && !Objects.equals(
                            own(replicas.get(n.id)), own(now.replicas().get(n.id)))) {
                found.add(n.id + " has " + now.replicas().get(n.id) + " and had " + replicas.get(n.id));
            }
            if (target && admin.get(n.id) != now.admin().get(n.id)) {
                found.add(n.id + " is " + now.admin().get(n.id) + " and was " + admin.get(n.id));
            }
            for (var g : host.lattice.gateways.values()) {
                String key = g.id + " " + n.id;
                if (target && !Objects.equals(weights.get(key), now.weights().get(key))) {
                    found.add(key + " weighs " + now.weights().get(key) + " and weighed " + weights.get(key));
                }
            }
        }
        return found;
    }

    /// Replicas that no operation has named.
    private static Set<ReplicaId> own(@Nullable Set<ReplicaId> all) {
        Set<ReplicaId> own = new TreeSet<>();
        Objects.requireNonNull(all).stream()
                .filter(r -> !r.code().contains("-op"))
                .forEach(own::add);
        return own;
    }

    private static boolean same(@Nullable Route a, @Nullable Route b) {
        return a != null
                && b != null
                && a.mode() == b.mode()
                && (a.mode() == RouteMode.AUTO || a.weights().equals(b.weights()));
    }
}
