package io.latticeconsole.operation;

import io.latticeconsole.lattice.ResourceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What the lattice did by itself after a loss. `reached` holds the lattice time at which each phase ended;
/// `loss` is when the loss happened as far as its owner can know.
public record Failover(
        FailoverId id,
        ResourceName subject,
        String cause,
        Instant loss,
        FailoverPhase phase,
        Map<FailoverPhase, Instant> reached,
        int inFlightAtLoss,
        int retried,
        int migrated,
        int lost,
        List<SiteEffect> effects,
        List<Placement> placements) {
    public Failover {
        reached = Map.copyOf(reached);
        effects = List.copyOf(effects);
        placements = List.copyOf(placements);
    }
}
