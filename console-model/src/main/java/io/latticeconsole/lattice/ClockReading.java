package io.latticeconsole.lattice;

import java.time.Duration;
import java.time.Instant;

/// The lattice's clock as an endpoint told it. `rate` is lattice seconds per wall second as ordered, `achievedRate` as
/// reached.
public record ClockReading(Instant latticeTime, Instant wallTime, double rate, double achievedRate, boolean paused) {
    /// Lattice time at a moment of the console's wall clock, which the reading's is `offset` ahead of; never before the
    /// reading. A paused clock stands still.
    public Instant at(Instant wall, Duration offset) {
        if (paused) {
            return latticeTime;
        }
        Duration since = Duration.between(wallTime, wall.plus(offset));
        double pace = achievedRate > 0 ? achievedRate : rate;
        return latticeTime.plusNanos(Math.round(Math.max(0, since.toNanos()) * pace));
    }
}
