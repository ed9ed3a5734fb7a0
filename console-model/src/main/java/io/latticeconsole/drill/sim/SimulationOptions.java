package io.latticeconsole.drill.sim;

import io.latticeconsole.routing.RoutingPolicy;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What a simulation runs. `start` is the lattice time at its beginning; `weight` how many requests one
/// simulated request stands for; `trace` replaces the built-in lengths and rhythm; `wall` tells the wall time
/// of messages and arms.
public record SimulationOptions(
        WorldSpec world,
        Instant start,
        int weight,
        @Nullable Trace trace,
        RoutingPolicy policy,
        InstantSource wall) {
    /// Simulated requests per second that one core keeps up with in real time.
    private static final double EVENTS_PER_SECOND = 8_000;

    /// With the router of the product, and a weight for the world's rate.
    public static SimulationOptions of(WorldSpec world, Instant start, InstantSource wall) {
        return new SimulationOptions(world, start, weightFor(world), null, RoutingPolicy.LATTICE, wall);
    }

    static int weightFor(WorldSpec world) {
        return Math.max(1, (int) Math.ceil(world.requestsPerSecond() / EVENTS_PER_SECOND));
    }

    public SimulationOptions withWeight(int newWeight) {
        return new SimulationOptions(world, start, newWeight, trace, policy, wall);
    }

    public SimulationOptions withTrace(@Nullable Trace newTrace) {
        return new SimulationOptions(world, start, weight, newTrace, policy, wall);
    }

    public SimulationOptions withPolicy(RoutingPolicy newPolicy) {
        return new SimulationOptions(world, start, weight, trace, newPolicy, wall);
    }
}
