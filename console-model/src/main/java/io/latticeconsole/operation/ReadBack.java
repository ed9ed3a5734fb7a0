package io.latticeconsole.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a node last said of its requests. `quietSince` is when the first of an unbroken run of zeros was read.
public record ReadBack(
        int inFlight,
        int queued,
        double oldestAgeSeconds,
        @Nullable Instant quietSince) {
    public boolean isZero() {
        return inFlight == 0 && queued == 0;
    }
}
