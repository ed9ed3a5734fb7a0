package io.latticeconsole.app.format;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a node stands as seen from here, most telling first: what cannot be reached is neither down nor fine, what is
/// silent without being given up is stale, a paused lattice is not stale.
public enum NodeCondition {
    UNREACHABLE,
    DOWN,
    SUSPECT,
    STALE,
    DRAINING,
    DRAINED,
    CORDONED,
    WARMING,
    SERVING;

    /// How old a reading may be before it is shown as old.
    public static final Duration STALE_AFTER = Duration.ofSeconds(3);

    /// @param heard when the node's last reading was heard, null if never
    public static NodeCondition of(ConsoleState state, Node node, @Nullable Instant heard, Instant wallNow) {
        if (!state.isReachable(node.id().site())) {
            return UNREACHABLE;
        }
        if (node.health() != Health.UP) {
            return node.health() == Health.DOWN ? DOWN : SUSPECT;
        }
        boolean old = heard == null || Duration.between(heard, wallNow).compareTo(STALE_AFTER) > 0;
        if (old && !isPaused(state, node)) {
            return STALE;
        }
        return of(node.adminState());
    }

    private static NodeCondition of(AdminState admin) {
        return switch (admin) {
            case SERVING -> SERVING;
            case CORDONED -> CORDONED;
            case DRAINING -> DRAINING;
            case DRAINED -> DRAINED;
            case WARMING -> WARMING;
        };
    }

    private static boolean isPaused(ConsoleState state, Node node) {
        EndpointState owner = state.ownerOf(node.id().site());
        return owner != null && owner.clock() != null && owner.clock().paused();
    }

    /// Whether readings are from before: the node does not tell any now.
    public boolean isOld() {
        return this == UNREACHABLE || this == DOWN || this == STALE;
    }

    /// Whether somebody should look.
    public boolean isTrouble() {
        return this == UNREACHABLE || this == DOWN || this == SUSPECT || this == STALE;
    }
}
