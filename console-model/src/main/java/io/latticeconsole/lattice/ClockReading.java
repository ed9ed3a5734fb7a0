package io.latticeconsole.lattice;

import java.time.Instant;

/// The lattice's clock as an endpoint told it. `rate` is lattice seconds per wall second as ordered, `achievedRate` as
/// reached.
public record ClockReading(Instant latticeTime, Instant wallTime, double rate, double achievedRate, boolean paused) {}
