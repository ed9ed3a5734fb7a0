package io.latticeconsole.endpoint;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.Operation;

/// Something an endpoint publishes, in order: new state of what it owns, or an event it logged.
public sealed interface Fact {
    record LatticeChanged(LatticeEvent event) implements Fact {}

    record EndpointChanged(EndpointInfo info) implements Fact {}

    record OperationChanged(Operation operation) implements Fact {}

    record FailoverChanged(Failover failover) implements Fact {}

    record ArmTaken(Arm arm) implements Fact {}

    record ArmReleased(String planHash) implements Fact {}

    record FaultChanged(Fault fault) implements Fact {}

    record FaultRemoved(String name) implements Fact {}

    record EventLogged(EventRecord event) implements Fact {}
}
