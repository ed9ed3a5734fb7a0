package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.scene.Comet;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Remembers for a few seconds which failovers and operations have just moved load, and makes comets of them. FX
/// thread.
final class CometTail {
    /// What was ordered or lost longer ago than this is history, not news, when it is first heard of.
    private static final Duration NEWS = Duration.ofSeconds(30);
    private static final double LEAST_PER_SECOND = 0.5;

    private final Map<Record, Instant> seen = new HashMap<>();

    /// Comets at a moment of the console's wall clock.
    List<Comet> comets(ConsoleState state, MapTopology topology, Instant now) {
        List<Comet> comets = new ArrayList<>();
        for (Failover f : state.failovers().values()) {
            if (!f.knownEffects().isEmpty()) {
                double age = age(state, f.id(), f.subject(), f.loss(), now);
                add(comets, topology, f.subject(), f.knownEffects(), age);
            }
        }
        for (Operation o : state.operations().values()) {
            if (!o.predicted().isEmpty() && movesLoad(o.spec())) {
                ResourceName source = source(o);
                if (source != null) {
                    add(comets, topology, source, o.predicted(), age(state, o.id(), source, o.start(), now));
                }
            }
        }
        return comets;
    }

    private static boolean movesLoad(OperationSpec spec) {
        return switch (spec) {
            case OperationSpec.Drain _, OperationSpec.Reroute _ -> true;
            case OperationSpec.Restore _, OperationSpec.Redeploy _ -> false;
        };
    }

    private static @Nullable ResourceName source(Operation operation) {
        return operation.spec() instanceof OperationSpec.Reroute r
                ? r.route().region()
                : operation.targets().isEmpty() ? null : operation.targets().getFirst();
    }

    /// Seconds since it was first heard of; past a comet's life if it was no news then.
    private double age(ConsoleState state, Record id, ResourceName subject, Instant began, Instant now) {
        Instant first = seen.computeIfAbsent(id, _ -> isNews(state, subject, began) ? now : Instant.EPOCH);
        return Duration.between(first, now).toMillis() / 1000.0;
    }

    private static boolean isNews(ConsoleState state, ResourceName subject, Instant latticeTime) {
        RegionId region = region(subject);
        EndpointState owner = region == null ? null : state.ownerOf(region);
        ClockReading clock = owner == null ? null : owner.clock();
        return clock == null
                || Duration.between(latticeTime, clock.latticeTime()).compareTo(NEWS) < 0;
    }

    private static void add(
            List<Comet> comets, MapTopology topology, ResourceName subject, List<SiteEffect> effects, double age) {
        OptionalInt from = place(topology, subject);
        if (age >= Comet.LIFE_SECONDS || age < 0 || from.isEmpty()) {
            return;
        }
        Map<SiteId, Double> moved = new TreeMap<>();
        for (SiteEffect e : effects) {
            double delta = e.change();
            if (!Double.isNaN(delta)) {
                moved.merge(e.site(), delta, Double::sum);
            }
        }
        moved.forEach((site, delta) -> topology.anchor(site.name()).ifPresent(to -> {
            if (delta >= LEAST_PER_SECOND && to != from.getAsInt()) {
                comets.add(new Comet(from.getAsInt(), to, delta, age));
            } else if (delta <= -LEAST_PER_SECOND) {
                int region = topology.site(topology.indexOf(to)).region();
                comets.add(new Comet(region, to, delta, age));
            }
        }));
    }

    private static OptionalInt place(MapTopology topology, ResourceName subject) {
        return switch (subject) {
            case NodeId node -> topology.anchor(node.site().name());
            default -> topology.anchor(subject.name());
        };
    }

    private static @Nullable RegionId region(ResourceName subject) {
        return switch (subject) {
            case RegionId r -> r;
            case SiteId s -> s.region();
            case NodeId n -> n.region();
            default -> null;
        };
    }
}
