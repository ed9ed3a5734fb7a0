package io.latticeconsole.drill;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a drill lattice is made of and where it listens. `nodes` 12 to 10,000; `requestsPerSecond` over all regions,
/// NaN
/// for what the lattice is sized for; `trace` replaces the built-in arrivals; gateways listen on `port` and the ports
/// after
/// it, or on free ports if it is 0.
///
/// @throws IllegalArgumentException naming the value that is out of range
public record DrillOptions(
        int nodes,
        long seed,
        double requestsPerSecond,
        @Nullable Path trace,
        String host,
        int port) {
    public static final int FEWEST_NODES = 12;
    public static final int MOST_NODES = 10_000;
    public static final int AURORA_NODES = 96;

    public DrillOptions {
        if (nodes < FEWEST_NODES || nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "a drill lattice has " + FEWEST_NODES + " to " + MOST_NODES + " nodes, not " + nodes);
        }
        if (!Double.isNaN(requestsPerSecond) && !(requestsPerSecond > 0 && requestsPerSecond <= 1e6)) {
            throw new IllegalArgumentException(
                    "a rate is above 0 and at most 1000000 requests per second, not " + requestsPerSecond);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
    }

    /// Aurora on free loopback ports.
    public static DrillOptions aurora(long seed) {
        return new DrillOptions(AURORA_NODES, seed, Double.NaN, null, "127.0.0.1", 0);
    }
}
