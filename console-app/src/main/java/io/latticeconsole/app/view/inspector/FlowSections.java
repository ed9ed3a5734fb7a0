package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.unit.PerSecond;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Observed flows as sections.
final class FlowSections {
    /// More would bury the rest; the map shows all.
    private static final int SHOWN = 8;

    private FlowSections() {}

    /// Requests/s to each site over all models, largest first.
    static Section bySite(Seen seen, List<FlowSample> flows) {
        Map<SiteId, Double> sums = new HashMap<>();
        for (FlowSample flow : flows) {
            if (flow.requests().isPresent()) {
                sums.merge(flow.site(), flow.requests().value(), Double::sum);
            }
        }
        List<Section.Fact> facts = sums.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .sorted(Map.Entry.<SiteId, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(e -> new Section.Fact(
                        "→ " + ObjectNames.site(seen.lattice(), e.getKey()), Figures.text(new PerSecond(e.getValue()))))
                .toList();
        String note = sums.size() > SHOWN ? PaneText.of("inspector.largest", SHOWN + "", sums.size() + "") : "";
        return new Section.Facts(
                PaneText.of("inspector.flows"), facts.isEmpty() ? PaneText.of("inspector.noFlows") : note, facts);
    }
}
