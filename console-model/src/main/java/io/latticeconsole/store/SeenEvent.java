package io.latticeconsole.store;

import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.GatewayId;
import java.time.Instant;
import java.util.Comparator;

/// An event with the gateway that logged it.
public record SeenEvent(GatewayId gateway, EventRecord event) {
    /// By wall time; those of one moment by gateway and number, so that what is fetched late falls in its place.
    static final Comparator<SeenEvent> ORDER = Comparator.<SeenEvent, Instant>comparing(
                    s -> s.event().wallTime())
            .thenComparing(s -> s.gateway().name())
            .thenComparingLong(s -> s.event().seq());
}
