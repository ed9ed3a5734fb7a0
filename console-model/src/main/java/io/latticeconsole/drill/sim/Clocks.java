package io.latticeconsole.drill.sim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;

/// The wall clocks of all gateways: the real one, and how far each is off.
final class Clocks {
    private final InstantSource wall;
    private final AtomicLongArray skewNanos;

    Clocks(InstantSource wall, int regions) {
        this.wall = wall;
        this.skewNanos = new AtomicLongArray(regions);
    }

    /// Puts a gateway's clock forward, or back; on the simulation thread.
    void skew(int region, long nanos) {
        skewNanos.addAndGet(region, nanos);
    }

    /// Wall time as a gateway reads it; any thread.
    Instant wallTime(int region) {
        return wall.instant().plusNanos(skewNanos.get(region));
    }
}
