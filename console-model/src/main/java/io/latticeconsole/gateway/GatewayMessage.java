package io.latticeconsole.gateway;

import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeObject;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.operation.GatewayAnswer;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.plan.NodeLoad;
import io.latticeconsole.telemetry.FlowSample;
import java.util.List;

/// What gateways tell each other. All of it travels over a network: late, and not at all while that is cut.
public sealed interface GatewayMessage {
    /// I am here, and this is the revision of what I own.
    record Heartbeat(int from, long boot, long revision) implements GatewayMessage {}

    /// What changed of what I own; follows on `revision - 1`.
    record Changes(int from, long revision, List<LatticeEvent> events) implements GatewayMessage {}

    /// Tell me everything you own.
    record AskAll(int from) implements GatewayMessage {}

    record All(int from, long boot, long revision, List<LatticeObject> objects) implements GatewayMessage {}

    /// Loads of my replicas in columns, by position in `replicas`, which is the same list until my replicas change.
    @SuppressWarnings("ArrayRecordComponent") // written once, then only read
    record Loads(int from, List<ReplicaId> replicas, float[] queueMs, float[] inFlight, float[] slowness)
            implements GatewayMessage {}

    /// What a planner elsewhere wants to know each second.
    record Traffic(int from, List<NodeId> nodes, List<NodeLoad> loads, List<FlowSample> flows)
            implements GatewayMessage {}

    record Order(int from, long orderId, GatewayOrder order) implements GatewayMessage {}

    record Answer(GatewayAnswer answer) implements GatewayMessage {}

    /// Nodes are lost: move what you have on them, and tell me how it goes under this failover's name.
    record NodesLost(int from, String failover, List<NodeId> nodes) implements GatewayMessage {}

    /// How a failover goes for one ingress: requests it had there, and what became of them.
    record Moved(int from, String failover, int inFlight, int retried, int migrated, int lost, int open)
            implements GatewayMessage {}
}
