package io.latticeconsole.operation;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Route;

/// What the coordinator orders of a gateway, over the network between gateways.
public sealed interface GatewayOrder {
    OperationId operation();

    /// To the node's owner.
    record SetAdminState(OperationId operation, NodeId node, AdminState state, String why) implements GatewayOrder {}

    /// To the node's owner: start loading; the replica's state tells how far it is.
    record PlaceReplica(OperationId operation, ReplicaId replica, ModelId model, String version)
            implements GatewayOrder {}

    /// To the node's owner: finish what runs, then unload.
    record RetireReplica(OperationId operation, ReplicaId replica) implements GatewayOrder {}

    /// To every gateway, for its router: share of its usual traffic that a node or replica is given, 0 (none) to 1.
    record SetAdmission(OperationId operation, ResourceName subject, double weight) implements GatewayOrder {}

    /// To the route's owner.
    record SetRoute(OperationId operation, Route route) implements GatewayOrder {}

    /// To the node's owner: read back what is queued and in flight on the node itself.
    record AskInFlight(OperationId operation, NodeId node) implements GatewayOrder {}

    /// To the node's owner: continue streams elsewhere (prompt and tokens so far).
    record MoveStreams(OperationId operation, NodeId node) implements GatewayOrder {}

    /// To the node's owner: abort what still runs with UNAVAILABLE and RetryInfo.
    record AbortRequests(OperationId operation, NodeId node) implements GatewayOrder {}

    /// To the node's owner: one real inference on a replica.
    record ProbeReplica(OperationId operation, ReplicaId replica) implements GatewayOrder {}
}
