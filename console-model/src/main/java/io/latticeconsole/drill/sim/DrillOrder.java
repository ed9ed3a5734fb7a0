package io.latticeconsole.drill.sim;

import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;

/// What somebody outside ordered of a gateway. Together with the tick at which each took effect and the seed,
/// these decide everything that happens in a simulation.
public sealed interface DrillOrder {
    record Inject(FaultSpec spec, String requestId, Caller caller) implements DrillOrder {}

    record Clear(String fault, String requestId, Caller caller) implements DrillOrder {}

    record MakePlan(OperationSpec spec, Caller caller) implements DrillOrder {}

    record Arm(String planHash, Caller caller) implements DrillOrder {}

    record Disarm(String token, Caller caller) implements DrillOrder {}

    record Start(String token, String requestId, String reason, boolean acceptRisk, Caller caller)
            implements DrillOrder {}

    record Hold(OperationId operation, String requestId, Caller caller) implements DrillOrder {}

    record Resume(OperationId operation, String requestId, Caller caller) implements DrillOrder {}

    record Cancel(OperationId operation, String requestId, String reason, Caller caller) implements DrillOrder {}
}
