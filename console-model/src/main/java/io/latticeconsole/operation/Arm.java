package io.latticeconsole.operation;

import io.latticeconsole.lattice.ResourceName;
import java.time.Instant;
import java.util.List;

/// A plan that somebody holds ready to start; `expires` is wall time.
public record Arm(String planHash, List<ResourceName> targets, String holder, Instant expires) {
    public Arm {
        targets = List.copyOf(targets);
    }
}
