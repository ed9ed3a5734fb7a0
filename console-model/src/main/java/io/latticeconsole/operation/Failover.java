package io.latticeconsole.operation;

import io.latticeconsole.lattice.ResourceName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What the lattice did by itself after a loss. `reached` holds the lattice time at which each phase ended;
/// `loss` is when the loss happened as far as its owner can know. `predicted` is where its traffic is expected to go,
/// known with the decision; `effects` is where it went, measured some seconds later.
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
        List<Placement> placements,
        List<SiteEffect> predicted) {
    public Failover {
        reached = Map.copyOf(reached);
        effects = List.copyOf(effects);
        placements = List.copyOf(placements);
        predicted = List.copyOf(predicted);
    }

    /// Where the traffic went as far as it is known: as measured, before that as predicted.
    public List<SiteEffect> knownEffects() {
        return effects.isEmpty() ? predicted : effects;
    }

    /// Who took the traffic as far as it is known, the most first.
    public List<SiteEffect> takers() {
        return knownEffects().stream()
                .filter(e -> e.change() > 0)
                .sorted(Comparator.comparingDouble(SiteEffect::change).reversed())
                .toList();
    }
}
