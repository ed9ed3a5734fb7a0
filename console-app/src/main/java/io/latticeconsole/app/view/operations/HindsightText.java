package io.latticeconsole.app.view.operations;

import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.unit.Ratio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How far off a plan was, as an operator reads it: a line for the whole, one for each site that was to take load.
final class HindsightText {
    private static final int MOST_SITES = 4;

    private HindsightText() {}

    /// Empty while nothing was compared.
    static String of(LatticeState lattice, Operation op) {
        Hindsight h = op.hindsight();
        if (h == null) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        lines.add(whole(h));
        for (int i = 0; i < op.predicted().size() && i < h.observed().size() && lines.size() <= MOST_SITES; i++) {
            SiteEffect predicted = op.predicted().get(i);
            if (Hindsight.receives(predicted)) {
                lines.add(site(lattice, predicted, h.observed().get(i)));
            }
        }
        return String.join("\n", lines);
    }

    private static String whole(Hindsight h) {
        List<String> parts = new ArrayList<>();
        parts.add(
                PaneText.of("hindsight.took", seconds(h.seconds()), seconds(h.lowSeconds()), seconds(h.highSeconds())));
        off(parts, "hindsight.load", h.loadError());
        off(parts, "hindsight.objective", h.objectiveError());
        return String.join(" · ", parts);
    }

    private static void off(List<String> parts, String key, Ratio error) {
        if (error.isPresent()) {
            parts.add(PaneText.of(key, Figures.text(error)));
        }
    }

    private static String site(LatticeState lattice, SiteEffect predicted, SiteEffect observed) {
        return PaneText.of(
                "hindsight.site",
                ObjectNames.site(lattice, predicted.site()),
                predicted.model().code(),
                Figures.text(predicted.after()),
                Figures.text(observed.after()),
                Figures.text(predicted.objectiveP95After()),
                Figures.text(observed.objectiveP95After()));
    }

    private static String seconds(double seconds) {
        return Times.age(Duration.ofMillis(Math.round(1000 * seconds)));
    }
}
