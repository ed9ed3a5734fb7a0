package io.latticeconsole.plan;

import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An operation's predicted effect. `hash` covers the specification and the premises.
public record Plan(
        String name,
        String hash,
        OperationSpec spec,
        List<ResourceName> targets,
        List<Premise> premises,
        List<SiteEffect> effects,
        List<Violation> violations,
        List<Placement> placements,
        double durationLowSeconds,
        double durationHighSeconds,
        int inFlight,
        int streamsThatCannotMigrate,
        double cacheGivenUpTokens,
        @Nullable Duration deadline,
        List<String> notes) {
    public Plan {
        targets = List.copyOf(targets);
        premises = List.copyOf(premises);
        effects = List.copyOf(effects);
        violations = List.copyOf(violations);
        placements = List.copyOf(placements);
        notes = List.copyOf(notes);
    }

    /// Whether it would break something that is whole now.
    public boolean addsViolation() {
        return violations.stream().anyMatch(v -> !v.presentBefore());
    }
}
