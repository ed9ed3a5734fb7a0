package io.latticeconsole.codec;

import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Mode;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationState;

/// The enums of the contract.
final class Enums {
    static final EnumCodec<io.latticeconsole.proto.v1.Tier, Tier> TIER =
            new EnumCodec<>("TIER", io.latticeconsole.proto.v1.Tier.class, Tier.class);
    static final EnumCodec<io.latticeconsole.proto.v1.AdminState, AdminState> ADMIN_STATE =
            new EnumCodec<>("ADMIN_STATE", io.latticeconsole.proto.v1.AdminState.class, AdminState.class);
    static final EnumCodec<io.latticeconsole.proto.v1.Health, Health> HEALTH =
            new EnumCodec<>("HEALTH", io.latticeconsole.proto.v1.Health.class, Health.class);
    static final EnumCodec<io.latticeconsole.proto.v1.ReplicaState, ReplicaState> REPLICA_STATE =
            new EnumCodec<>("REPLICA_STATE", io.latticeconsole.proto.v1.ReplicaState.class, ReplicaState.class);
    static final EnumCodec<io.latticeconsole.proto.v1.RouteMode, RouteMode> ROUTE_MODE =
            new EnumCodec<>("ROUTE_MODE", io.latticeconsole.proto.v1.RouteMode.class, RouteMode.class);
    static final EnumCodec<io.latticeconsole.proto.v1.ObjectiveMetric, ObjectiveMetric> OBJECTIVE_METRIC =
            new EnumCodec<>(
                    "OBJECTIVE_METRIC", io.latticeconsole.proto.v1.ObjectiveMetric.class, ObjectiveMetric.class);
    static final EnumCodec<io.latticeconsole.proto.v1.Mode, Mode> MODE =
            new EnumCodec<>("MODE", io.latticeconsole.proto.v1.Mode.class, Mode.class);
    static final EnumCodec<io.latticeconsole.proto.v1.Severity, Severity> SEVERITY =
            new EnumCodec<>("SEVERITY", io.latticeconsole.proto.v1.Severity.class, Severity.class);
    static final EnumCodec<io.latticeconsole.proto.v1.OperationState, OperationState> OPERATION_STATE =
            new EnumCodec<>("OPERATION_STATE", io.latticeconsole.proto.v1.OperationState.class, OperationState.class);
    static final EnumCodec<io.latticeconsole.proto.v1.DeadlinePolicy, DeadlinePolicy> DEADLINE_POLICY =
            new EnumCodec<>("DEADLINE_POLICY", io.latticeconsole.proto.v1.DeadlinePolicy.class, DeadlinePolicy.class);
    static final EnumCodec<io.latticeconsole.proto.v1.FaultKind, FaultKind> FAULT_KIND =
            new EnumCodec<>("FAULT_KIND", io.latticeconsole.proto.v1.FaultKind.class, FaultKind.class);

    private Enums() {}
}
