package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.Figure;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.unit.Millis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A plan's effect as it is read.
final class EffectText {
    private EffectText() {}

    /// A fact with its name.
    record Named(String name, String value) {}

    static List<Named> summary(Plan plan) {
        List<Named> facts = new ArrayList<>();
        facts.add(new Named(PaneText.of("plan.takes"), range(plan.durationLowSeconds(), plan.durationHighSeconds())));
        if (!(plan.spec() instanceof OperationSpec.Reroute)) {
            facts.add(new Named(PaneText.of("plan.inFlight"), Figures.count(plan.inFlight())));
        }
        if (plan.streamsThatCannotMigrate() > 0) {
            facts.add(new Named(PaneText.of("plan.cannotMigrate"), Figures.count(plan.streamsThatCannotMigrate())));
        }
        if (plan.cacheGivenUpTokens() > 0) {
            long tokens = Math.round(plan.cacheGivenUpTokens());
            facts.add(new Named(PaneText.of("plan.cache"), PaneText.of("plan.tokens", Figures.count(tokens))));
        }
        Duration deadline = plan.deadline();
        if (deadline != null) {
            facts.add(new Named(PaneText.of("plan.deadline"), Times.age(deadline)));
        }
        return facts;
    }

    private static String range(double low, double high) {
        if (!Double.isFinite(low) || !Double.isFinite(high)) {
            return PaneText.of("plan.durationUnknown");
        }
        String from = seconds(low);
        String to = seconds(high);
        return from.equals(to) ? from : from + " – " + to;
    }

    private static String seconds(double seconds) {
        return seconds < 119.5 ? Math.round(seconds) + " s" : Times.age(Duration.ofSeconds(Math.round(seconds)));
    }

    /// Head and rows of the table of effects: site, model, requests/s, what the model promises and head-room, each
    /// before and after;
    /// those that gain come first.
    static List<List<String>> table(LatticeState lattice, Plan plan) {
        List<List<String>> rows = new ArrayList<>();
        plan.effects().stream()
                .sorted(Comparator.comparingDouble((SiteEffect e) -> -gain(e))
                        .thenComparing(SiteEffect::site)
                        .thenComparing(SiteEffect::model))
                .forEach(e -> rows.add(List.of(
                        ObjectNames.site(lattice, e.site()),
                        e.model().code(),
                        change(Figures.of(e.before()), Figures.of(e.after())),
                        promised(lattice, e),
                        change(Figures.of(e.headroomBefore()), Figures.of(e.headroomAfter())))));
        return rows;
    }

    /// What the model promises, before and after; TTFT where the coordinator does not tell.
    private static String promised(LatticeState lattice, SiteEffect e) {
        Model model = lattice.models().get(e.model());
        boolean told =
                e.objectiveP95Before().isPresent() || e.objectiveP95After().isPresent();
        if (model == null || !told) {
            return metric(ObjectiveMetric.TTFT, e.ttftP95Before(), e.ttftP95After());
        }
        return metric(model.objective().metric(), e.objectiveP95Before(), e.objectiveP95After());
    }

    private static String metric(ObjectiveMetric metric, Millis before, Millis after) {
        return PaneText.of("objective", metric) + " " + change(Figures.of(before), Figures.of(after));
    }

    private static double gain(SiteEffect e) {
        double gain = e.change();
        return Double.isNaN(gain) ? 0 : gain;
    }

    /// `175 → 240 ms`: the unit once where both have the same.
    private static String change(Figure before, Figure after) {
        if (before.equals(after)) {
            return after.text();
        }
        return (before.unit().equals(after.unit()) ? before.value() : before.text()) + " → " + after.text();
    }

    /// What is loaded before anything is taken away, a line for each model and site.
    static List<String> placements(LatticeState lattice, Plan plan) {
        Map<List<Object>, List<Placement>> together = plan.placements().stream()
                .collect(Collectors.groupingBy(
                        p -> List.of(p.model(), p.node().site()), LinkedHashMap::new, Collectors.toList()));
        return together.values().stream().map(of -> placement(lattice, of)).toList();
    }

    private static String placement(LatticeState lattice, List<Placement> atSite) {
        Placement first = atSite.getFirst();
        String nodes = atSite.stream().map(p -> p.node().code()).distinct().collect(Collectors.joining(", "));
        double longest =
                atSite.stream().mapToDouble(Placement::loadSeconds).max().orElse(first.loadSeconds());
        return PaneText.of(
                "plan.placement",
                first.model().code(),
                ObjectNames.site(lattice, first.node().site()) + " / " + nodes,
                seconds(longest));
    }

    /// What the plan would newly break, in few words: `head-room of SIN-1, objective of SIN-1`.
    static String risk(LatticeState lattice, Plan plan) {
        return plan.violations().stream()
                .filter(v -> !v.presentBefore())
                .map(v -> v.subject().isEmpty()
                        ? PaneText.of("violation", v.kind())
                        : PaneText.of(
                                "violation.of",
                                PaneText.of("violation", v.kind()),
                                ObjectNames.of(lattice, v.subject())))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
