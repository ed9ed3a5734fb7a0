package io.latticeconsole.operation;

import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ReplicaId;
import java.util.List;
import java.util.Set;

/// What one kind of operation has to remember between two inputs.
public sealed interface Task permits DrainTask, RestoreTask, RerouteTask, RedeployTask {
    /// The step it is in; its name is the phase that operators see.
    Enum<?> step();

    /// The nodes it acts on that are still alive.
    List<NodeId> nodes();

    /// Replicas that it has placed, retires or replaces: no other operation may touch them meanwhile.
    Set<ReplicaId> replicas();

    /// Whether it still holds everything in service: nothing has stopped admitting yet.
    boolean beforeStop();
}
