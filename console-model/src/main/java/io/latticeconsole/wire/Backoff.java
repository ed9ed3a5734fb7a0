package io.latticeconsole.wire;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: 250 ms, then twice as long each time up to 10 s, each ± 25 % by chance so
/// that many consoles do not come back at once.
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(250);
    static final Duration LONGEST = Duration.ofSeconds(10);
    private static final double JITTER = 0.25;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long plain = FIRST.toMillis() << Math.min(failures++, 16);
        double capped = Math.min(plain, LONGEST.toMillis());
        return Duration.ofMillis((long) (capped * random.nextDouble(1 - JITTER, 1 + JITTER)));
    }

    void reset() {
        failures = 0;
    }
}
