package io.latticeconsole.drill;

import io.latticeconsole.security.Protection;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a drill lattice is made of and where it listens. `nodes` 12 to 10,000; `requestsPerSecond` over all
/// regions, NaN for what the lattice is sized for; `trace` replaces the built-in arrivals; gateways listen on
/// `port` and the ports after it, or on free ports if it is 0. `start` is the lattice time at which it begins,
/// now if there is none; `state` the folder where events outlast a restart, which is made if it is not there;
/// `protection` that of every gateway.
///
/// @throws IllegalArgumentException naming the value that is out of range
public record DrillOptions(
        int nodes,
        long seed,
        double requestsPerSecond,
        @Nullable Path trace,
        String host,
        int port,
        @Nullable Instant start,
        @Nullable Path state,
        Protection protection) {
    public static final int FEWEST_NODES = 12;
    public static final int MOST_NODES = 10_000;
    public static final int AURORA_NODES = 96;
    /// When a lattice can start: what messages and logs can name, with centuries to go on.
    public static final Instant EARLIEST_START = Instant.parse("1970-01-01T00:00:00Z");

    public static final Instant LATEST_START = Instant.parse("9000-01-01T00:00:00Z");

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
        if (start != null && (start.isBefore(EARLIEST_START) || start.isAfter(LATEST_START))) {
            throw new IllegalArgumentException(
                    "a lattice starts from " + EARLIEST_START + " to " + LATEST_START + ", not at " + start);
        }
    }

    /// A lattice in plaintext on loopback that starts now and keeps its events in memory.
    public DrillOptions(int nodes, long seed, double requestsPerSecond, @Nullable Path trace, String host, int port) {
        this(nodes, seed, requestsPerSecond, trace, host, port, null, null, Protection.LOOPBACK);
    }

    /// Aurora on free loopback ports.
    public static DrillOptions aurora(long seed) {
        return new DrillOptions(AURORA_NODES, seed, Double.NaN, null, "127.0.0.1", 0);
    }

    public DrillOptions startingAt(@Nullable Instant latticeTime) {
        return new DrillOptions(nodes, seed, requestsPerSecond, trace, host, port, latticeTime, state, protection);
    }

    public DrillOptions withState(@Nullable Path folder) {
        return new DrillOptions(nodes, seed, requestsPerSecond, trace, host, port, start, folder, protection);
    }

    public DrillOptions withProtection(Protection other) {
        return new DrillOptions(nodes, seed, requestsPerSecond, trace, host, port, start, state, other);
    }
}
