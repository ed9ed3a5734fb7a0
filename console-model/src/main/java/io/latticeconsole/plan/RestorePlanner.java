package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.OperationSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Plans a restore: within each region the load evens out over what is ready.
final class RestorePlanner {
    static final Duration SLOW_START = Duration.ofSeconds(20);

    private RestorePlanner() {}

    static Plan plan(
            LatticeState lattice, LoadView load, OperationSpec.Restore spec, Collection<Reservation> reservations) {
        Duration slow = spec.slowStart();
        if (slow != null && slow.isNegative()) {
            throw PlanRefused.field("slow_start", "expected 0 s or more");
        }
        List<NodeId> nodes = Targets.ofRestore(lattice, spec);
        Set<ModelId> models = Targets.models(lattice, nodes);
        var f = new Forecast(lattice, load, models, reservations);
        nodes.forEach(f::restore);
        Set<RegionId> regions = new HashSet<>();
        nodes.forEach(n -> regions.add(n.region()));
        models.forEach(m -> regions.forEach(r -> even(f, m, r)));
        List<ResourceName> rests = new ArrayList<>(nodes);
        rests.addAll(models);
        List<Premise> premises = Planner.premises(lattice, rests);
        double seconds = (slow == null ? SLOW_START : slow).toMillis() / 1000.0;
        return new Plan(
                "",
                Planner.hash(spec, premises),
                spec,
                spec.targets(),
                premises,
                Findings.effects(f),
                Findings.violations(f),
                List.of(),
                seconds + 1,
                seconds + 5,
                0,
                0,
                0,
                null,
                List.of("Weights ramp to their usual share in " + Math.round(seconds) + " s."));
    }

    /// Each client region's load evens out over the sites that it reaches.
    private static void even(Forecast f, ModelId model, RegionId region) {
        List<Cell> cells = f.cells(model).stream()
                .filter(c -> c.site.region().equals(region) && c.capacity > 0)
                .toList();
        Set<RegionId> clients = new TreeSet<>();
        cells.forEach(c -> clients.addAll(c.from.keySet()));
        for (RegionId client : clients) {
            List<Cell> reached =
                    cells.stream().filter(c -> f.reach.reaches(client, c.site)).toList();
            double load = reached.stream()
                    .mapToDouble(c -> c.from.getOrDefault(client, 0.0))
                    .sum();
            double capacity = reached.stream().mapToDouble(c -> c.capacity).sum();
            reached.forEach(c -> c.take(client, load * c.capacity / capacity - c.from.getOrDefault(client, 0.0)));
        }
    }
}
