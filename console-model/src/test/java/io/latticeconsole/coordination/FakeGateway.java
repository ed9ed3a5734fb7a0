package io.latticeconsole.coordination;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.Due;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.unit.Millis;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A gateway of the fake lattice: owner of its region's nodes, and router of its region's requests.
final class FakeGateway {
    final GatewayId id;
    private final FakeLattice lattice;
    private final Map<String, Long> applied = new HashMap<>();
    final Map<String, Double> weights = new HashMap<>();
    boolean cut;
    int aborted;
    int migrated;
    /// A version that fails to answer real inferences.
    String badVersion = "";
    /// Its inferences of a probe happen to succeed all the same.
    boolean probesPass;
    private long routeEtag = 1;

    FakeGateway(GatewayId id, FakeLattice lattice) {
        this.id = id;
        this.lattice = lattice;
    }

    double weight(String name) {
        return weights.getOrDefault(name, 1.0);
    }

    GatewayAnswer take(long orderId, GatewayOrder order) {
        var due = new Due(id, order);
        if (due.binds()) {
            if (applied.getOrDefault(due.slot(), 0L) > orderId) {
                return GatewayAnswer.done(orderId, id);
            }
            applied.put(due.slot(), orderId);
        }
        return switch (order) {
            case GatewayOrder.SetAdminState o -> admin(orderId, lattice.node(o.node()), o.state());
            case GatewayOrder.PlaceReplica o -> place(orderId, o.replica(), o.model(), o.version());
            case GatewayOrder.RetireReplica o -> retire(orderId, o.replica());
            case GatewayOrder.SetAdmission o -> {
                weights.put(o.subject().name(), o.weight());
                yield GatewayAnswer.done(orderId, id);
            }
            case GatewayOrder.SetRoute o -> route(orderId, o.route());
            case GatewayOrder.AskInFlight o -> ask(orderId, o.node());
            case GatewayOrder.MoveStreams o -> move(orderId, o.node());
            case GatewayOrder.AbortRequests o -> abort(orderId, o.node());
            case GatewayOrder.ProbeReplica o -> probe(orderId, o.replica());
        };
    }

    private GatewayAnswer admin(long orderId, FakeNode n, AdminState state) {
        if (state == AdminState.DRAINED && n.alive && !n.running.isEmpty()) {
            return GatewayAnswer.refused(orderId, id, n.running.size() + " still run");
        }
        if (n.admin != state) {
            n.admin = state;
            n.etag++;
            lattice.tell(n);
        }
        return GatewayAnswer.done(orderId, id);
    }

    private GatewayAnswer place(long orderId, ReplicaId replica, ModelId model, String version) {
        FakeNode n = lattice.node(replica.node());
        if (!n.alive) {
            return GatewayAnswer.refused(orderId, id, "the node is down");
        }
        if (n.replicas.containsKey(replica)) {
            return GatewayAnswer.done(orderId, id);
        }
        double need =
                n.replicas.values().stream().mapToDouble(r -> bytes(r.model)).sum() + bytes(model);
        if (need > 0.9 * lattice.memoryOf(n.id)) {
            return GatewayAnswer.refused(orderId, id, "no room");
        }
        var placed = new FakeNode.FakeReplica(model, version, ReplicaState.LOADING);
        n.replicas.put(replica, placed);
        lattice.tell(n);
        lattice.time().in(4, () -> {
            if (n.replicas.get(replica) == placed && placed.state == ReplicaState.LOADING) {
                placed.state = ReplicaState.READY;
                lattice.tell(n);
            }
        });
        return GatewayAnswer.done(orderId, id);
    }

    private static double bytes(ModelId model) {
        return model.equals(FakeLattice.CHAT) ? 8e9 : 1e9;
    }

    private GatewayAnswer retire(long orderId, ReplicaId replica) {
        FakeNode n = lattice.node(replica.node());
        FakeNode.FakeReplica r = n.replicas.get(replica);
        if (r != null && r.state != ReplicaState.DRAINING) {
            r.state = ReplicaState.DRAINING;
            unloadWhenQuiet(n, replica, r);
            lattice.tell(n);
        }
        return GatewayAnswer.done(orderId, id);
    }

    private void unloadWhenQuiet(FakeNode n, ReplicaId id, FakeNode.FakeReplica r) {
        if (n.replicas.get(id) != r) {
            return;
        }
        if (!n.alive || n.running.stream().noneMatch(q -> q.replica.equals(id))) {
            n.replicas.remove(id);
            lattice.tell(n);
        } else {
            lattice.time().in(0.2, () -> unloadWhenQuiet(n, id, r));
        }
    }

    private GatewayAnswer route(long orderId, Route route) {
        routeEtag++;
        List<SiteWeight> weights = route.mode() == RouteMode.AUTO ? List.of() : route.weights();
        lattice.tell(new Route(route.id(), route.mode(), weights, Long.toString(routeEtag)));
        return GatewayAnswer.done(orderId, id);
    }

    private GatewayAnswer ask(long orderId, NodeId node) {
        FakeNode n = lattice.node(node);
        if (!n.alive) {
            return GatewayAnswer.refused(orderId, id, "the node is down");
        }
        double oldest = n.running.stream()
                .mapToDouble(r -> Duration.between(r.admitted, lattice.now()).toMillis() / 1000.0)
                .max()
                .orElse(0);
        return new GatewayAnswer(
                orderId, id, true, "", n.running.size(), 0, oldest, 0, 0, List.of(), false, Millis.NONE);
    }

    private GatewayAnswer move(long orderId, NodeId node) {
        FakeNode n = lattice.node(node);
        int stay = n.running.size() / 10;
        int moved = n.running.size() - stay;
        for (int i = 0; i < moved; i++) {
            n.running.removeLast().ended = true;
        }
        migrated += moved;
        List<String> stuck = n.running.stream().map(r -> r.replica.code()).toList();
        return new GatewayAnswer(orderId, id, true, "", stay, 0, 0, moved, 0, stuck, false, Millis.NONE);
    }

    private GatewayAnswer abort(long orderId, NodeId node) {
        FakeNode n = lattice.node(node);
        int gone = n.running.size();
        n.running.forEach(r -> r.ended = true);
        n.running.clear();
        aborted += gone;
        return new GatewayAnswer(orderId, id, true, "", 0, 0, 0, 0, gone, List.of(), false, Millis.NONE);
    }

    private GatewayAnswer probe(long orderId, ReplicaId replica) {
        FakeNode.FakeReplica r = lattice.node(replica.node()).replicas.get(replica);
        boolean ok = r != null && r.state == ReplicaState.READY && (probesPass || !r.version.equals(badVersion));
        Millis ttft = ok ? new Millis(100) : Millis.NONE;
        return new GatewayAnswer(orderId, id, true, ok ? "" : "no answer", 0, 0, 0, 0, 0, List.of(), ok, ttft);
    }
}
