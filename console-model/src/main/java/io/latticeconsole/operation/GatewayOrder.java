package io.latticeconsole.operation;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Route;

/// What the coordinator orders of a gateway, over the network between gateways. Orders may be lost, doubled and
/// overtake each other: the coordinator repeats one under the same id until it is answered, and ids rise. So a
/// gateway answers every copy, and an order about a subject to which it has already applied one with a higher
/// id it answers as done and leaves alone.
public sealed interface GatewayOrder {
    OperationId operation();

    /// To the node's owner.
    record SetAdminState(OperationId operation, NodeId node, AdminState state, String why) implements GatewayOrder {}

    /// To the node's owner: start loading; the replica's state tells how far it is. Refused where it
    /// has no room; nothing changes where it is there already.
    record PlaceReplica(OperationId operation, ReplicaId replica, ModelId model, String version)
            implements GatewayOrder {}

    /// To the node's owner: finish what runs, then unload and remove it; done where it is not there.
    record RetireReplica(OperationId operation, ReplicaId replica) implements GatewayOrder {}

    /// To every gateway, for its router: share of its usual traffic that a node or replica is given, 0 (none) to 1. It
    /// may be about a replica that is not there yet.
    record SetAdmission(OperationId operation, ResourceName subject, double weight) implements GatewayOrder {}

    /// To the route's owner. The etag is the one last known to the coordinator; the owner gives a new one.
    record SetRoute(OperationId operation, Route route) implements GatewayOrder {}

    /// To the node's owner: read back what is queued and in flight on the node itself.
    record AskInFlight(OperationId operation, NodeId node) implements GatewayOrder {}

    /// To every gateway: continue elsewhere the streams that its router has on the node (prompt and tokens so far).
    record MoveStreams(OperationId operation, NodeId node) implements GatewayOrder {}

    /// To the node's owner: abort what still runs with UNAVAILABLE and RetryInfo.
    record AbortRequests(OperationId operation, NodeId node) implements GatewayOrder {}

    /// To the node's owner: real inferences on a replica, one after another; they do not count as its requests.
    record ProbeReplica(OperationId operation, ReplicaId replica) implements GatewayOrder {
        /// One alone lets a version through that fails three times in ten.
        public static final int INFERENCES = 20;
    }
}
