package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.UsualLoad;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A gateway's own nodes, and their objects and their replicas' in its book.
final class OwnNodes {
    private final WorldSpec world;
    private final Book book;
    private final List<OwnNode> nodes = new ArrayList<>();
    private final Map<Integer, OwnNode> byHandle = new HashMap<>();
    private final Map<NodeId, OwnNode> byId = new HashMap<>();
    private int indexes;

    OwnNodes(Surroundings surroundings, Book book, int region) {
        this.world = surroundings.world();
        this.book = book;
        UsualLoad usual = new UsualLoad(world);
        for (int i = 0; i < world.nodes().size(); i++) {
            if (world.regionOf(i) == region) {
                add(i, world.nodes().get(i), usual.utilization(i), surroundings.instant(0));
            }
        }
    }

    /// One more node, with an index that no other had. @param handle its number in the surroundings
    OwnNode add(int handle, NodeSpec spec, double usualUtilization, Instant since) {
        OwnNode node = new OwnNode(world, spec, usualUtilization, handle, indexes++, since);
        nodes.add(node);
        byHandle.put(handle, node);
        byId.put(node.id(), node);
        return node;
    }

    /// A node is none of this gateway's any more.
    void remove(OwnNode node) {
        nodes.remove(node);
        byHandle.remove(node.handle);
        byId.remove(node.id());
    }

    List<OwnNode> all() {
        return nodes;
    }

    @Nullable
    OwnNode byId(NodeId id) {
        return byId.get(id);
    }

    @Nullable
    OwnNode byHandle(int handle) {
        return byHandle.get(handle);
    }

    /// Enters all nodes and their first replicas, in that state, in the book. Where they are not ready yet, their nodes
    /// count as down until they are heard, without being a loss.
    void begin(ReplicaState first) {
        nodes.forEach(node -> begin(node, first));
    }

    /// The same for one node.
    void begin(OwnNode node, ReplicaState first) {
        if (first != ReplicaState.READY) {
            node.health = Health.DOWN;
            node.reason = OwnNode.NOT_HEARD;
        }
        Expectation.update(world, node, 1);
        publish(node);
        for (String code : node.wanted.keySet()) {
            putReplica(node, code, first, "");
        }
    }

    /// Enters a node as it is known now; only what a plan could rest on gives it a new etag.
    void publish(OwnNode node) {
        Node before = book.state().nodes().get(node.id());
        Node now = node.object(before == null ? book.etag() : before.etag());
        book.put(before == null || sameButLoad(before, now) ? now : node.object(book.etag()));
    }

    /// Whether nothing has changed that a plan could rest on: bands and throttling follow the load.
    private static boolean sameButLoad(Node a, Node b) {
        return a.adminState() == b.adminState()
                && a.health() == b.health()
                && a.accelerators().equals(b.accelerators());
    }

    /// Enters a replica that should be there; nothing where none of that name should.
    void putReplica(OwnNode node, String code, ReplicaState state, String message) {
        OwnNode.Wanted wanted = node.wanted.get(code);
        if (wanted == null) {
            return;
        }
        ModelSpec model = world.models().get(wanted.model());
        book.put(new Replica(
                node.replicaId(code),
                model.id(),
                wanted.version(),
                state,
                wanted.count(),
                model.maxBatch(),
                new PerSecond(model.capacityOn(node.nodeClass.type())),
                message,
                book.etag()));
    }

    /// How people call a node: its site's and its own short name.
    String where(OwnNode node) {
        return world.sites().get(node.site).code() + " " + node.id().code();
    }
}
