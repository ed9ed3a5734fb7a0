package io.latticeconsole.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step of an operation, in lattice time; progress 0 to 1.
public record OperationPhase(
        String phase, @Nullable Instant start, @Nullable Instant end, double progress, String detail) {}
