package io.latticeconsole.app.format;

import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What time it is in the lattice, reckoned from what its gateways last said.
public final class LatticeTime {
    private LatticeTime() {}

    /// Lattice time now by the endpoint heard last, or null before any was heard. A paused clock stands still.
    public static @Nullable Instant now(ConsoleState state, Instant wallNow) {
        return state.endpoints().values().stream()
                .filter(e -> e.clock() != null && e.lastHeard() != null)
                .max(Comparator.comparing(EndpointState::lastHeard))
                .map(e -> reckon(e, wallNow))
                .orElse(null);
    }

    private static @Nullable Instant reckon(EndpointState endpoint, Instant wallNow) {
        ClockReading clock = endpoint.clock();
        if (clock == null) {
            return null;
        }
        return clock.at(wallNow, endpoint.clockOffset());
    }
}
