package io.latticeconsole.store;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import org.pcollections.PMap;
import org.pcollections.PVector;

/// A [ConsoleState] with one part replaced; its version grows with each.
final class StateWith {
    private StateWith() {}

    static ConsoleState lattice(ConsoleState s, LatticeState lattice, NodeTable nodes, int topologyChanges) {
        return new ConsoleState(
                lattice,
                s.endpoints(),
                s.gatewayAddresses(),
                s.operations(),
                s.failovers(),
                s.arms(),
                s.faults(),
                s.events(),
                nodes,
                s.version() + 1,
                s.topologyVersion() + topologyChanges,
                s.ownership());
    }

    static ConsoleState operations(ConsoleState s, PMap<OperationId, Operation> operations) {
        return orders(s, operations, s.failovers(), s.arms(), s.faults());
    }

    static ConsoleState failovers(ConsoleState s, PMap<FailoverId, Failover> failovers) {
        return orders(s, s.operations(), failovers, s.arms(), s.faults());
    }

    static ConsoleState arms(ConsoleState s, PMap<String, Arm> arms) {
        return orders(s, s.operations(), s.failovers(), arms, s.faults());
    }

    static ConsoleState faults(ConsoleState s, PMap<String, Fault> faults) {
        return orders(s, s.operations(), s.failovers(), s.arms(), faults);
    }

    private static ConsoleState orders(
            ConsoleState s,
            PMap<OperationId, Operation> operations,
            PMap<FailoverId, Failover> failovers,
            PMap<String, Arm> arms,
            PMap<String, Fault> faults) {
        return new ConsoleState(
                s.lattice(),
                s.endpoints(),
                s.gatewayAddresses(),
                operations,
                failovers,
                arms,
                faults,
                s.events(),
                s.nodes(),
                s.version() + 1,
                s.topologyVersion(),
                s.ownership());
    }

    static ConsoleState events(ConsoleState s, PVector<SeenEvent> events) {
        return new ConsoleState(
                s.lattice(),
                s.endpoints(),
                s.gatewayAddresses(),
                s.operations(),
                s.failovers(),
                s.arms(),
                s.faults(),
                events,
                s.nodes(),
                s.version() + 1,
                s.topologyVersion(),
                s.ownership());
    }

    static ConsoleState endpoints(
            ConsoleState s, PMap<String, EndpointState> endpoints, PMap<GatewayId, String> gatewayAddresses) {
        return new ConsoleState(
                s.lattice(),
                endpoints,
                gatewayAddresses,
                s.operations(),
                s.failovers(),
                s.arms(),
                s.faults(),
                s.events(),
                s.nodes(),
                s.version() + 1,
                s.topologyVersion(),
                s.ownership());
    }

    static ConsoleState ownership(ConsoleState s, Ownership ownership) {
        return new ConsoleState(
                s.lattice(),
                s.endpoints(),
                s.gatewayAddresses(),
                s.operations(),
                s.failovers(),
                s.arms(),
                s.faults(),
                s.events(),
                s.nodes(),
                s.version() + 1,
                s.topologyVersion(),
                ownership);
    }
}
