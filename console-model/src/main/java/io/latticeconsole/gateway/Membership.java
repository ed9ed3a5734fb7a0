package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeClass;
import io.latticeconsole.world.NodeSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which nodes a gateway has and what they are made of. Gateway's thread.
public final class Membership {
    /// Products tell a little less than their nominal memory.
    private static final double ALIKE = 0.8;

    private final Surroundings surroundings;
    private final Book book;
    private final OwnNodes nodes;
    private final FailoverDesk failovers;

    /// What was decided of nodes that are not here now.
    private final Map<NodeId, AdminState> decided = new HashMap<>();

    Membership(Surroundings surroundings, Book book, OwnNodes nodes, FailoverDesk failovers) {
        this.surroundings = surroundings;
        this.book = book;
        this.nodes = nodes;
        this.failovers = failovers;
    }

    /// A node joins; it counts as down until it is heard.
    ///
    /// @param handle its number in the surroundings, which no other had
    /// @param starting models that it starts with while it is empty, by index
    public void join(int handle, NodeSpec spec, List<Integer> starting) {
        OwnNode node = nodes.add(handle, spec, 0, surroundings.instant(surroundings.now()));
        node.admin = or(decided.remove(node.id()), AdminState.SERVING);
        log("NODE_JOINED", Severity.INFO, node.id().name(), nodes.where(node) + " at " + spec.address() + " joins");
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int model : starting) {
            ModelSpec m = surroundings.world().models().get(model);
            if (!node.takeIn(m.id().code() + "-" + numbers.merge(model, 1, Integer::sum), model, m.version(), null)) {
                doesNotFit(node, m.id().code() + " " + m.version(), node.id().name());
            }
        }
        node.mainModel = MainModel.of(surroundings.world(), node.wanted.values());
        nodes.begin(node, ReplicaState.LOADING);
    }

    private static AdminState or(@Nullable AdminState known, AdminState instead) {
        return known == null ? instead : known;
    }

    /// A node leaves in good order: nothing more is sent there, what runs there ends by itself.
    public void leave(int handle) {
        OwnNode node = nodes.byHandle(handle);
        if (node == null) {
            return;
        }
        failovers.left(node);
        for (Replica replica : List.copyOf(book.state().replicasOf(node.id()))) {
            book.remove(replica.id());
        }
        book.remove(node.id());
        nodes.remove(node);
        if (node.admin != AdminState.SERVING) {
            decided.put(node.id(), node.admin);
        }
        log("NODE_LEFT", Severity.INFO, node.id().name(), nodes.where(node) + " has left");
    }

    /// What was decided of nodes that are not here, for when they join.
    public Map<NodeId, AdminState> absent() {
        return Map.copyOf(decided);
    }

    /// Its nodes by the index that samples give them.
    public Map<Integer, NodeId> byIndex() {
        return nodes.all().stream().collect(Collectors.toMap(n -> n.index, OwnNode::id));
    }

    /// An operator decided so before this gateway began; a node that is not here has it when it joins.
    public void recall(NodeId id, AdminState state) {
        OwnNode node = nodes.byId(id);
        if (node != null) {
            node.admin = state;
            nodes.publish(node);
        } else {
            decided.put(id, state);
        }
    }

    /// A node told what it is made of: that is taken, whatever the configuration says.
    public void told(int handle, NodeClass told) {
        OwnNode node = nodes.byHandle(handle);
        if (node == null) {
            return;
        }
        NodeClass said = node.spec.nodeClass();
        NodeClass now = atMost(said, told);
        if (node.nodeClass.equals(now)) {
            return;
        }
        if (said.isTold() && !alike(said, now)) {
            log(
                    "NODE_DIFFERS",
                    Severity.MEDIUM,
                    node.id().name(),
                    nodes.where(node) + " has " + words(told) + ", the configuration says " + words(said)
                            + "; what it has is taken");
        }
        for (String code : node.becomes(now)) {
            Replica replica = book.state().replica(node.replicaId(code));
            book.remove(node.replicaId(code));
            String what = replica == null ? code : replica.model().code() + " " + replica.version();
            doesNotFit(node, what, node.replicaId(code).name());
        }
        node.wanted.keySet().forEach(code -> {
            Replica replica = book.state().replica(node.replicaId(code));
            if (replica != null) {
                nodes.putReplica(node, code, replica.state(), replica.message());
            }
        });
        nodes.publish(node);
    }

    private void doesNotFit(OwnNode node, String what, String subject) {
        log(
                "REPLICA_FAILED",
                Severity.MEDIUM,
                subject,
                what + " does not fit on " + nodes.where(node) + ", which has " + words(node.nodeClass));
    }

    /// Of a machine's own memory the configuration may leave less to models.
    private static NodeClass atMost(NodeClass said, NodeClass told) {
        boolean processors = said.type().product().equals(Accelerator.PROCESSORS)
                && told.type().product().equals(Accelerator.PROCESSORS);
        return processors && said.type().memoryBytes() < told.type().memoryBytes() ? said : told;
    }

    private static boolean alike(NodeClass a, NodeClass b) {
        double ratio = a.type().memoryBytes() / b.type().memoryBytes();
        return a.count() == b.count()
                && a.type().product().equals(b.type().product())
                && ratio >= ALIKE
                && ratio <= 1 / ALIKE;
    }

    private static String words(NodeClass c) {
        AcceleratorType type = c.type();
        return c.count() + " × " + type.product() + " of " + Math.round(type.memoryBytes() / (1L << 30)) + " GiB";
    }

    private void log(String type, Severity severity, String subject, String message) {
        book.log(type, severity, subject, message, "", "");
    }
}
