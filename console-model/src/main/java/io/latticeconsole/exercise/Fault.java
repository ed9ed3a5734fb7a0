package io.latticeconsole.exercise;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An injected fault, in lattice time.
public record Fault(
        String name,
        FaultSpec spec,
        Instant start,
        @Nullable Instant end,
        String operator) {}
