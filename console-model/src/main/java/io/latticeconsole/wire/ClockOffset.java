package io.latticeconsole.wire;

import java.time.Duration;
import java.time.Instant;

/// An endpoint's wall clock minus ours, from its readings: each is too low by its way to us, so that the highest of the
/// last [#READINGS] is the best.
final class ClockOffset {
    private static final int READINGS = 30;

    private final Duration[] last = new Duration[READINGS];
    private int count;

    Duration heard(Instant theirs, Instant ours) {
        last[count++ % READINGS] = Duration.between(ours, theirs);
        Duration best = last[0];
        for (int i = 1; i < Math.min(count, READINGS); i++) {
            best = last[i].compareTo(best) > 0 ? last[i] : best;
        }
        return best;
    }
}
