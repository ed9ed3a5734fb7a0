package io.latticeconsole.app.view.plan;

import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LinkState;
import org.jspecify.annotations.Nullable;

/// What the lattice shows of a start that was not answered.
final class ReadBack {
    private ReadBack() {}

    /// The operation that the start made, null if there is none (yet).
    static @Nullable Operation find(ConsoleState state, PlanStage.Unknown start) {
        return state.operations().values().stream()
                .filter(op -> !start.before().containsKey(op.id())
                        && op.spec().getClass() == start.plan().spec().getClass()
                        && op.targets().equals(start.plan().targets()))
                .findFirst()
                .orElse(null);
    }

    /// Whether the coordinator is heard, so that an operation which is not shown is not there.
    static boolean coordinatorIsHeard(ConsoleState state) {
        return state.endpoints().values().stream().anyMatch(ReadBack::isCoordinatorAndHeard);
    }

    private static boolean isCoordinatorAndHeard(EndpointState endpoint) {
        EndpointInfo info = endpoint.info();
        return info != null
                && endpoint.link() == LinkState.LIVE
                && info.gateway().equals(info.coordinator());
    }
}
