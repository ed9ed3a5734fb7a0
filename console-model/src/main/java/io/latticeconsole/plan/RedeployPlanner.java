package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.RedeployTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plans a redeploy: fresh replicas beside the old where there is room, in place one by one where there is none.
final class RedeployPlanner {
    private RedeployPlanner() {}

    static Plan plan(
            LatticeState lattice, LoadView load, OperationSpec.Redeploy spec, Collection<Reservation> reservations) {
        Model model = lattice.models().get(spec.model());
        if (model == null) {
            throw PlanRefused.notFound("model", spec.model().name());
        }
        check(model, spec);
        List<Replica> old = Targets.ofRedeploy(lattice, spec);
        List<Placement> placements = new ArrayList<>();
        List<Replica> inPlace = new ArrayList<>();
        for (Replica r : old) {
            boolean room = Room.fits(lattice, r.id().node(), model, Math.max(1, r.acceleratorCount()), List.of());
            if (room) {
                placements.add(new Placement(model.id(), r.id().node(), model.loadSeconds()));
            } else {
                inPlace.add(r);
            }
        }
        var f = new Forecast(lattice, load, Set.of(model.id()), reservations);
        List<String> notes = new ArrayList<>();
        if (!inPlace.isEmpty()) {
            f.remove(largest(inPlace).id());
            f.spread();
            notes.add(inPlace.size() + " of " + old.size() + " replicas have no room for a second one beside them: the"
                    + " old goes first, one after the other. The figures are for the largest of them.");
        }
        return finish(f, spec, model, old, placements, notes);
    }

    private static Plan finish(
            Forecast f,
            OperationSpec.Redeploy spec,
            Model model,
            List<Replica> old,
            List<Placement> placements,
            List<String> notes) {
        Set<ResourceName> targets = new LinkedHashSet<>();
        targets.add(model.id());
        old.forEach(r -> targets.add(r.id().node()));
        List<ResourceName> rests = new ArrayList<>(targets);
        old.forEach(r -> rests.add(r.id()));
        List<Premise> premises = Planner.premises(f.lattice, rests);
        Duration bake = spec.bake() == null ? Duration.ofSeconds(15) : spec.bake();
        int canaries = Math.clamp((int) Math.ceil(spec.canaryShare() * old.size()), 1, old.size());
        int surge = spec.maxSurge() > 0 ? spec.maxSurge() : 2;
        double waves = Math.ceil((old.size() - canaries) / (double) surge);
        double seconds = model.loadSeconds() * (1 + waves) + bake.toSeconds() + 3;
        notes.add(stages(canaries, old.size(), surge, bake));
        List<NodeId> nodes = old.stream().map(r -> r.id().node()).distinct().toList();
        String untouched = untouched(spec.nodes(), nodes);
        if (!untouched.isEmpty()) {
            notes.add("No ready replica to replace on " + untouched + ".");
        }
        return new Plan(
                "",
                Planner.hash(spec, premises),
                spec,
                List.copyOf(targets),
                premises,
                Findings.effects(f),
                Findings.violations(f),
                placements,
                0.8 * seconds,
                2.2 * seconds + 30 * (1 + waves) + RedeployTask.Gate.LONGEST.toSeconds(),
                Figures.inFlight(f.load, nodes),
                0,
                Figures.cachedTokens(f.lattice, f.load, nodes),
                null,
                notes);
    }

    private static String stages(int canaries, int all, int surge, Duration bake) {
        String first = all == 1 ? "The only replica is the canary" : canaries + " of " + all + " replicas first";
        String rest = canaries == all ? "" : "; then " + surge + " at a time";
        return first + ", for " + bake.toSeconds() + " s" + rest + ". It rolls back by itself if the gate fails.";
    }

    private static String untouched(List<NodeId> named, List<NodeId> nodes) {
        return named.stream()
                .distinct()
                .filter(n -> !nodes.contains(n))
                .map(NodeId::name)
                .collect(Collectors.joining(", "));
    }

    private static Replica largest(List<Replica> replicas) {
        Replica largest = replicas.getFirst();
        for (Replica r : replicas) {
            if (r.capacity().value() > largest.capacity().value()) {
                largest = r;
            }
        }
        return largest;
    }

    private static void check(Model model, OperationSpec.Redeploy spec) {
        if (!model.versions().contains(spec.version())) {
            throw PlanRefused.field(
                    "version",
                    model.id() + " has no version '" + spec.version() + "', only "
                            + String.join(", ", model.versions()));
        }
        ratio("canary_share", spec.canaryShare(), 1);
        ratio("max_error_ratio", spec.maxErrorRatio(), 1);
        ratio("max_ttft_factor", spec.maxTtftFactor(), 1_000);
        if (spec.maxSurge() < 0) {
            throw PlanRefused.field("max_surge", "expected 0 or more, found " + spec.maxSurge());
        }
        @Nullable Duration bake = spec.bake();
        if (bake != null && bake.isNegative()) {
            throw PlanRefused.field("bake", "expected 0 s or more");
        }
    }

    private static void ratio(String field, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw PlanRefused.field(field, "expected 0 to " + most + ", found " + value);
        }
    }
}
