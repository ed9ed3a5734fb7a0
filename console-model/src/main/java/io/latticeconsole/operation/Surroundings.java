package io.latticeconsole.operation;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.SiteId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a step of an operation may look at: the lattice and its load as the coordinator knows them at one moment.
public interface Surroundings {
    LatticeState lattice();

    /// Lattice time.
    Instant now();

    List<GatewayId> gateways();

    boolean reachable(GatewayId gateway);

    /// The gateway that owns a node.
    GatewayId owner(NodeId node);

    /// Why these must not stop serving now (a sentence), or null if they may. What was broken when the operation
    /// started, or was accepted as a risk, is no objection.
    @Nullable
    String objection(Run run, Collection<NodeId> nodes, Collection<ReplicaId> replicas);

    /// Another node for a replica that could not be placed, or null if there is none.
    @Nullable
    Placement anotherHost(Run run, Placement failed, Set<NodeId> tried);

    /// Whether a replica of the size of that one fits beside what is on its node.
    boolean fitsBeside(ReplicaId replica);

    /// Whether the objective of the route's model is broken at any of these sites as the ingress sees it.
    boolean objectiveBroken(RouteId route, Collection<SiteId> sites);

    /// What a replica's node last reported of it, or null where there is no reading: the node is silent, or does not
    /// have it.
    @Nullable
    ReplicaReading reading(ReplicaId replica);
}
