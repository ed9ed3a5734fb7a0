package io.latticeconsole.drill.sim;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The faults that are in force: what they did, and how to undo it.
final class Faults {
    private final Simulation sim;
    private final FaultEffects effects;
    private final Map<String, Active> active = new LinkedHashMap<>();
    private int count;

    private record Active(Fault fault, int region, long endsAt, List<Effect> effects) {}

    Faults(Simulation sim) {
        this.sim = sim;
        this.effects = new FaultEffects(sim);
    }

    /// Whether a site has power.
    boolean sitePowered(int site) {
        return effects.sitePowered(site);
    }

    /// Faults injected through a region's gateway.
    List<Fault> of(int region) {
        return active.values().stream()
                .filter(a -> a.region() == region)
                .map(Active::fault)
                .toList();
    }

    /// Puts a fault in force.
    Fault inject(int region, FaultSpec spec, String operator) {
        if (spec.targets().isEmpty()) {
            throw FaultTargets.invalid("targets", spec.kind() + " needs at least one target");
        }
        if (spec.durationSeconds() < 0 || Double.isNaN(spec.durationSeconds())) {
            throw FaultTargets.invalid("duration_seconds", "a duration is not negative: " + spec.durationSeconds());
        }
        if (spec.magnitude() < 0 || Double.isNaN(spec.magnitude())) {
            throw FaultTargets.invalid("magnitude", "a magnitude is not negative: " + spec.magnitude());
        }
        List<Effect> applied = effects.apply(spec);
        String name = "faults/f-" + ++count;
        long endsAt = spec.durationSeconds() > 0 ? sim.now() + (long) (spec.durationSeconds() * 1e9) : Long.MAX_VALUE;
        Fault fault = new Fault(
                name, spec, sim.instant(sim.now()), endsAt == Long.MAX_VALUE ? null : sim.instant(endsAt), operator);
        active.put(name, new Active(fault, region, endsAt, applied));
        sim.gateway(region).publish(new Fact.FaultChanged(fault));
        log(region, "FAULT_INJECTED", fault, "exercise: " + words(spec) + " injected", operator);
        return fault;
    }

    /// Ends a fault before its time.
    Fault clear(int region, String name, String operator) {
        Active a = active.get(name);
        if (a == null) {
            throw new OrderRefused(
                    "NOT_FOUND", "UNKNOWN_FAULT", "there is no fault " + name + " in force", List.of(name));
        }
        return end(a, operator);
    }

    /// Every tick: faults whose time is over end.
    void tick() {
        if (active.isEmpty()) {
            return;
        }
        for (Active a : new ArrayList<>(active.values())) {
            if (a.endsAt() <= sim.now()) {
                end(a, "");
            } else {
                a.effects().forEach(Effect::tick);
            }
        }
    }

    private Fault end(Active a, String operator) {
        active.remove(a.fault().name());
        a.effects().reversed().forEach(Effect::undo);
        Fault ended = new Fault(
                a.fault().name(),
                a.fault().spec(),
                a.fault().start(),
                sim.instant(sim.now()),
                a.fault().operator());
        sim.gateway(a.region()).publish(new Fact.FaultRemoved(a.fault().name()));
        log(a.region(), "FAULT_CLEARED", ended, "exercise: " + words(a.fault().spec()) + " over", operator);
        return ended;
    }

    private void log(int region, String type, Fault fault, String text, String operator) {
        String subject = fault.spec().targets().getFirst().name();
        sim.gateway(region).log(type, Severity.INFO, subject, text, operator, fault.name());
    }

    private static String words(FaultSpec spec) {
        String kind = spec.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String targets = spec.targets().stream()
                .map(ResourceName::name)
                .map(Faults::brief)
                .collect(Collectors.joining(", "));
        return kind + (spec.kind() == FaultKind.ACCELERATOR_XID ? " " + Math.max(spec.xid(), 0) : "") + " on "
                + targets;
    }

    private static String brief(String name) {
        String[] parts = name.split("/", -1);
        int n = parts.length;
        return n >= 6
                ? parts[n - 3].toUpperCase(Locale.ROOT) + " " + parts[n - 1]
                : n >= 4 ? parts[n - 1].toUpperCase(Locale.ROOT) : parts[n - 1];
    }
}
