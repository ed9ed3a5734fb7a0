package io.latticeconsole.alarm;

import io.latticeconsole.lattice.ResourceName;
import java.time.Instant;

/// Something that is wrong with an object since a time (of the clock that the watch was given).
public record Trouble(ResourceName subject, TroubleKind kind, Instant since) {
    public int priority() {
        return kind.priority();
    }
}
