package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Plans a drain: which replicas have to be placed first, and where the load goes.
final class DrainPlanner {
    /// Replacements are placed until the region keeps that much free, or as much as it had.
    private static final double WANTED_HEADROOM = 0.3;

    private DrainPlanner() {}

    static Plan plan(
            LatticeState lattice, LoadView load, OperationSpec.Drain spec, Collection<Reservation> reservations) {
        Duration asked = spec.deadline();
        if (asked != null && (asked.isNegative() || asked.isZero())) {
            throw PlanRefused.field("deadline", "expected more than 0 s");
        }
        List<NodeId> nodes = Targets.ofDrain(lattice, spec);
        Set<ModelId> models = Targets.models(lattice, nodes);
        var forecast = new Forecast(lattice, load, models, reservations);
        nodes.forEach(forecast::remove);
        List<String> notes = new ArrayList<>();
        List<Placement> placements = surge(forecast, nodes, reservations, notes);
        placements.forEach(forecast::add);
        forecast.spread();
        Duration deadline = asked == null ? Timing.deadline(lattice, models) : asked;
        return finish(forecast, spec, nodes, placements, deadline, notes);
    }

    private static Plan finish(
            Forecast f,
            OperationSpec.Drain spec,
            List<NodeId> nodes,
            List<Placement> placements,
            Duration deadline,
            List<String> notes) {
        List<ResourceName> rests = new ArrayList<>(nodes);
        nodes.forEach(n -> f.lattice.replicasOf(n).forEach(r -> rests.add(r.id())));
        rests.addAll(f.models);
        List<Premise> premises = Planner.premises(f.lattice, rests);
        double load =
                placements.stream().mapToDouble(Placement::loadSeconds).max().orElse(0);
        double longest = Math.min(Timing.longestSeconds(f.lattice, f.models), deadline.toMillis() / 1000.0);
        int stuck = stuck(f, nodes);
        if (stuck > 0) {
            notes.add(stuck + " requests are of models with no other ready replica: they have to finish here.");
        }
        return new Plan(
                "",
                Planner.hash(spec, premises),
                spec,
                spec.targets(),
                premises,
                Findings.effects(f),
                Findings.violations(f),
                placements,
                0.5 + 0.8 * load + Timing.PROPAGATION + 1 + 0.1 * longest,
                1 + 2.2 * load + 2 * Timing.PROPAGATION + 2 + 1.3 * longest,
                Figures.inFlight(f.load, nodes),
                stuck,
                Figures.cachedTokens(f.lattice, f.load, nodes),
                deadline,
                notes);
    }

    /// Places replacements region by region, as few as keep the head-room.
    private static List<Placement> surge(
            Forecast f, List<NodeId> nodes, Collection<Reservation> reservations, List<String> notes) {
        Map<ModelId, Map<SiteId, Integer>> removed = removed(f, nodes);
        var hosts = new Hosts(f.lattice, reservations, f.fleet);
        Set<NodeId> except = new HashSet<>(nodes);
        reservations.forEach(r -> except.addAll(r.removed()));
        List<Placement> placements = new ArrayList<>();
        for (var perModel : removed.entrySet()) {
            for (var perSite : perModel.getValue().entrySet()) {
                ModelId model = perModel.getKey();
                placements.addAll(replace(f, hosts, except, model, perSite.getKey(), perSite.getValue(), notes));
            }
        }
        return placements;
    }

    private static List<Placement> replace(
            Forecast f, Hosts hosts, Set<NodeId> except, ModelId model, SiteId site, int most, List<String> notes) {
        List<Placement> placements = new ArrayList<>();
        double wanted = Math.min(WANTED_HEADROOM, headroom(f, model, site.region(), 0, true));
        double extra = 0;
        while (placements.size() < most && headroom(f, model, site.region(), extra, false) < wanted) {
            Placement next = hosts.next(model, site, except);
            if (next == null) {
                notes.add("No node has room for another " + model.code() + ": head-room falls instead.");
                break;
            }
            extra += f.fleet.capacity(model, next.node());
            placements.add(next);
        }
        if (placements.isEmpty() && headroom(f, model, site.region(), 0, false) >= wanted) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s needs no replacement: %s keeps %.0f %% free.",
                    model.code(),
                    site.region().code(),
                    100 * headroom(f, model, site.region(), 0, false)));
        }
        return placements;
    }

    /// Free share of a region's ready capacity for a model, as far as its clients reach it.
    private static double headroom(Forecast f, ModelId model, RegionId region, double extra, boolean before) {
        double load = 0;
        double capacity = extra;
        for (Cell c : f.cells(model)) {
            if (c.site.region().equals(region) && f.reach.reaches(region, c.site)) {
                load += c.loadBefore;
                capacity += before ? c.capacityBefore : c.capacity;
            }
        }
        return capacity > 0 ? 1 - load / capacity : load > 0 ? -1 : 1;
    }

    private static Map<ModelId, Map<SiteId, Integer>> removed(Forecast f, List<NodeId> nodes) {
        var removed = new TreeMap<ModelId, Map<SiteId, Integer>>();
        for (NodeId id : nodes) {
            for (Replica r : f.lattice.replicasOf(id)) {
                if (r.state() == ReplicaState.READY) {
                    removed.computeIfAbsent(r.model(), _ -> new TreeMap<>()).merge(f.site(id), 1, Integer::sum);
                }
            }
        }
        return removed;
    }

    /// Requests of models that nothing else serves; a node's requests are taken as spread evenly over its models.
    private static int stuck(Forecast f, List<NodeId> nodes) {
        double stuck = 0;
        for (NodeId id : nodes) {
            Set<ModelId> here = Targets.models(f.lattice, List.of(id));
            long alone = here.stream().filter(m -> f.capacity(m) <= 0).count();
            NodeLoad load = f.load.nodes().get(id);
            if (load != null && !here.isEmpty()) {
                stuck += Figures.finite(load.inFlight()) * alone / here.size();
            }
        }
        return (int) Math.ceil(stuck);
    }
}
