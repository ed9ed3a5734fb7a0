package io.latticeconsole.server.events;

import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.Severity;
import java.time.Instant;

/// Events for tests: one a second for a while, and each tells its number.
final class Events {
    static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    private Events() {}

    static EventRecord event(long seq) {
        return event(seq, T0.plusSeconds(seq % 100_000));
    }

    static EventRecord event(long seq, Instant wallTime) {
        return new EventRecord(
                seq, wallTime, wallTime, "NODE_DOWN", Severity.HIGH, "regions/eu", "event " + seq, "", "");
    }
}
