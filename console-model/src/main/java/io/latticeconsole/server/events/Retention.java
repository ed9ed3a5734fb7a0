package io.latticeconsole.server.events;

import java.time.Duration;

/// What a log on disk keeps: events of that age by the wall clock, at most so many, in a file of at most so many bytes.
///
/// @throws IllegalArgumentException if one of them is not above 0
public record Retention(Duration age, long events, long bytes) {
    /// Twice what the contract promises, and more than a lattice in trouble logs in that time.
    public static final Retention DEFAULT = new Retention(Duration.ofDays(2), 1_000_000, 2L << 30);

    public Retention {
        if (!age.isPositive() || events < 1 || bytes < 1) {
            throw new IllegalArgumentException("a retention is above 0: " + age + ", " + events + ", " + bytes);
        }
    }
}
