package io.latticeconsole.plan;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.OperationSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which nodes a specification is about.
public final class Targets {
    private Targets() {}

    /// The nodes that a drain takes out: alive, and not drained already.
    ///
    /// @throws PlanRefused if a target is unknown or nothing is left to drain
    public static List<NodeId> ofDrain(LatticeState lattice, OperationSpec.Drain spec) {
        List<NodeId> all = expand(lattice, spec.targets());
        List<NodeId> nodes = all.stream()
                .map(n -> lattice.nodes().get(n))
                .filter(node -> node != null
                        && node.health() != Health.DOWN
                        && node.adminState() != AdminState.DRAINED
                        && node.adminState() != AdminState.DRAINING)
                .map(Node::id)
                .toList();
        return some(nodes, all, "is down, draining or drained: there is nothing to drain");
    }

    /// The nodes that a restore brings back: alive, and neither serving nor on the way to it.
    ///
    /// @throws PlanRefused if a target is unknown or nothing is left to restore
    public static List<NodeId> ofRestore(LatticeState lattice, OperationSpec.Restore spec) {
        List<NodeId> all = expand(lattice, spec.targets());
        List<NodeId> nodes = all.stream()
                .map(n -> lattice.nodes().get(n))
                .filter(node -> node != null && node.health() != Health.DOWN && node.adminState() != AdminState.SERVING)
                .map(Node::id)
                .toList();
        return some(nodes, all, "is down or serves already: there is nothing to restore");
    }

    /// The replicas of a model that a redeploy replaces.
    ///
    /// @throws PlanRefused if a node is unknown or every replica has that version already
    public static List<Replica> ofRedeploy(LatticeState lattice, OperationSpec.Redeploy spec) {
        Collection<NodeId> nodes =
                spec.nodes().isEmpty() ? new TreeSet<>(lattice.replicas().keySet()) : new TreeSet<>(spec.nodes());
        List<Replica> old = new ArrayList<>();
        for (NodeId id : nodes) {
            Node node = lattice.nodes().get(id);
            if (node == null) {
                throw PlanRefused.notFound("node", id.name());
            }
            if (Forecast.serves(node)) {
                lattice.replicasOf(id).stream()
                        .filter(r ->
                                r.model().equals(spec.model()) && !r.version().equals(spec.version()))
                        .filter(r -> r.state() == ReplicaState.READY)
                        .sorted((a, b) -> a.id().compareTo(b.id()))
                        .forEach(old::add);
            }
        }
        if (old.isEmpty()) {
            throw new PlanRefused(
                    "FAILED_PRECONDITION",
                    "NOTHING_TO_DO",
                    "no ready replica of " + spec.model() + " has another version than " + spec.version(),
                    List.of(spec.model().name()));
        }
        return old;
    }

    /// The nodes that carrying out a specification touches.
    ///
    /// @throws PlanRefused as the methods above
    public static List<NodeId> nodes(LatticeState lattice, OperationSpec spec) {
        return switch (spec) {
            case OperationSpec.Drain drain -> ofDrain(lattice, drain);
            case OperationSpec.Restore restore -> ofRestore(lattice, restore);
            case OperationSpec.Reroute _ -> List.of();
            case OperationSpec.Redeploy redeploy ->
                ofRedeploy(lattice, redeploy).stream()
                        .map(r -> r.id().node())
                        .distinct()
                        .toList();
        };
    }

    private static List<NodeId> some(List<NodeId> nodes, List<NodeId> all, String why) {
        if (nodes.isEmpty()) {
            List<String> names = all.stream().map(NodeId::name).toList();
            String who = names.size() == 1 ? names.getFirst() : "each of " + names.size() + " nodes";
            throw new PlanRefused("FAILED_PRECONDITION", "NOTHING_TO_DO", who + " " + why, names);
        }
        return nodes;
    }

    private static List<NodeId> expand(LatticeState lattice, List<ResourceName> targets) {
        if (targets.isEmpty()) {
            throw PlanRefused.field("targets", "expected at least one node or site");
        }
        Set<NodeId> nodes = new TreeSet<>();
        for (ResourceName target : targets) {
            switch (target) {
                case NodeId node -> {
                    if (!lattice.nodes().containsKey(node)) {
                        throw PlanRefused.notFound("node", node.name());
                    }
                    nodes.add(node);
                }
                case SiteId site -> {
                    if (!lattice.sites().containsKey(site)) {
                        throw PlanRefused.notFound("site", site.name());
                    }
                    lattice.nodes().keySet().stream()
                            .filter(n -> n.site().equals(site))
                            .forEach(nodes::add);
                }
                case RegionId _, ReplicaId _, ModelId _, RouteId _, PathId _, GatewayId _ ->
                    throw PlanRefused.field("targets", target.name() + " is neither a node nor a site");
            }
        }
        return List.copyOf(nodes);
    }

    /// The models that have a replica on any of the nodes.
    public static Set<ModelId> models(LatticeState lattice, Collection<NodeId> nodes) {
        Set<ModelId> models = new TreeSet<>();
        nodes.forEach(n -> lattice.replicasOf(n).forEach(r -> models.add(r.model())));
        return models;
    }
}
