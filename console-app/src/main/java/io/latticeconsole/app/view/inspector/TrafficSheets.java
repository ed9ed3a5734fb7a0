package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.format.Figure;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.unit.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything known of a model, a route or a network path.
final class TrafficSheets {
    private TrafficSheets() {}

    static Sheet model(Seen seen, Model model) {
        List<Replica> replicas = seen.lattice().replicas().values().stream()
                .flatMap(here -> here.values().stream())
                .filter(r -> r.model().equals(model.id()))
                .toList();
        ModelSummary summary =
                LiveTraffic.of(seen.state(), seen.samples()).models().get(model.id());
        List<Section> sections = new ArrayList<>(Happenings.of(seen, model.id()));
        sections.add(new Section.Facts(PaneText.of("inspector.numbers"), "", numbers(summary)));
        sections.add(new Section.Facts(PaneText.of("inspector.model"), "", described(model)));
        sections.add(byState(replicas));
        sections.add(byVersion(replicas));
        return new Sheet(
                model.displayName(),
                PaneText.of("inspector.modelLine", model.version(), objective(model.objective())),
                seen.troubles().priority(model.id()),
                "",
                List.of(),
                sections,
                Set.of(Sheet.Action.REROUTE, Sheet.Action.REDEPLOY));
    }

    private static String objective(Objective objective) {
        return PaneText.of(
                "objective.line", PaneText.of("objective", objective.metric()), Figures.text(objective.p95Limit()));
    }

    private static List<Section.Fact> numbers(@Nullable ModelSummary s) {
        String none = Figure.NONE.text();
        return List.of(
                new Section.Fact(PaneText.of("fact.arrived"), s == null ? none : Figures.text(s.arrived())),
                new Section.Fact(PaneText.of("fact.failed"), s == null ? none : Figures.text(s.failed())),
                new Section.Fact(
                        PaneText.of("metric.TTFT_P95_MS"),
                        s == null ? none : Figures.text(s.ttft().quantile(0.95))),
                new Section.Fact(
                        PaneText.of("metric.E2E_P95_MS"),
                        s == null ? none : Figures.text(s.e2e().quantile(0.95))),
                new Section.Fact(
                        PaneText.of("metric.TPOT_P95_MS"),
                        s == null ? none : Figures.text(s.tpot().quantile(0.95))),
                new Section.Fact(PaneText.of("metric.TOKENS_PER_SECOND"), s == null ? none : Figures.text(s.tokens())));
    }

    private static List<Section.Fact> described(Model model) {
        String tiers =
                model.tiers().stream().sorted().map(t -> PaneText.of("tier", t)).collect(Collectors.joining(", "));
        return List.of(
                new Section.Fact(PaneText.of("fact.versions"), String.join(", ", model.versions())),
                new Section.Fact(PaneText.of("fact.size"), Figures.bytes(model.sizeBytes())),
                new Section.Fact(PaneText.of("fact.loads"), Math.round(model.loadSeconds()) + " s"),
                new Section.Fact(PaneText.of("fact.budget"), Figures.text(new Ratio(model.minReadyFraction()))),
                new Section.Fact(PaneText.of("fact.tiers"), tiers));
    }

    private static Section byState(List<Replica> replicas) {
        Map<ReplicaState, Integer> counts = new EnumMap<>(ReplicaState.class);
        replicas.forEach(r -> counts.merge(r.state(), 1, Integer::sum));
        List<Section.Fact> facts = counts.entrySet().stream()
                .map(e -> new Section.Fact(PaneText.of("replica.state", e.getKey()), Figures.count(e.getValue())))
                .toList();
        return new Section.Facts(PaneText.of("inspector.replicas"), replicas.size() + "", facts);
    }

    private static Section byVersion(List<Replica> replicas) {
        Map<String, Integer> counts = new TreeMap<>();
        replicas.stream()
                .filter(r -> r.state() != ReplicaState.UNLOADED)
                .forEach(r -> counts.merge(r.version(), 1, Integer::sum));
        List<Section.Fact> facts = counts.entrySet().stream()
                .map(e -> new Section.Fact(e.getKey(), Figures.count(e.getValue())))
                .toList();
        return new Section.Facts(PaneText.of("inspector.versions"), "", facts);
    }

    static Sheet route(Seen seen, Route route) {
        Map<SiteId, FlowSample> observed = LiveTraffic.of(seen.state(), seen.samples()).flows().stream()
                .filter(f -> f.route().equals(route.id()))
                .collect(Collectors.toMap(FlowSample::site, f -> f, (a, _) -> a));
        double total = observed.values().stream()
                .mapToDouble(f -> f.requests().value())
                .filter(Double::isFinite)
                .sum();
        List<Section.Item> items = route.weights().stream()
                .sorted(Comparator.comparingDouble(SiteWeight::weight).reversed())
                .map(w -> new Section.Item(
                        ObjectNames.site(seen.lattice(), w.site()) + "  " + Figures.text(new Ratio(w.weight())),
                        flow(observed.get(w.site()), total),
                        0,
                        w.site()))
                .toList();
        boolean auto = route.mode() == RouteMode.AUTO;
        String heading = PaneText.of(auto ? "inspector.observedShares" : "inspector.setShares");
        List<Section> sections = new ArrayList<>(Happenings.of(seen, route.id()));
        sections.add(new Section.Items(heading, "", items));
        return new Sheet(
                ObjectNames.of(seen.lattice(), route.id()),
                PaneText.of("route.mode", route.mode()),
                seen.troubles().priority(route.id()),
                "",
                List.of(),
                sections,
                Set.of(Sheet.Action.REROUTE, Sheet.Action.REDEPLOY));
    }

    private static String flow(@Nullable FlowSample flow, double total) {
        if (flow == null || !flow.requests().isPresent()) {
            return PaneText.of("flow.none");
        }
        Ratio share = total > 0 ? new Ratio(flow.requests().value() / total) : Ratio.NONE;
        return PaneText.of(
                "flow.line",
                Figures.text(flow.requests()),
                Figures.text(share),
                Figures.text(flow.latencyP95()),
                Figures.text(flow.errorRatio()));
    }

    static Sheet path(Seen seen, NetworkPath path) {
        List<Section.Fact> facts = List.of(
                new Section.Fact(PaneText.of("fact.rtt"), Figures.text(path.rtt())),
                new Section.Fact(PaneText.of("fact.loss"), Figures.text(new Ratio(path.lossRatio()))));
        return new Sheet(
                ObjectNames.of(seen.lattice(), path.id()),
                PaneText.of("inspector.path"),
                0,
                path.cut() ? PaneText.of("banner.cut") : "",
                List.of(),
                List.of(new Section.Facts(PaneText.of("inspector.numbers"), "", facts)),
                Set.of());
    }
}
