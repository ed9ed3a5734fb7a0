package io.latticeconsole.gateway;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.telemetry.ModelSummary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Notices models whose executions fail at one ingress, and says so once, until it is over.
final class ErrorWatch {
    private static final double HIGH = 0.05;
    private static final double OVER = 0.01;
    private static final double SMOOTHING = 0.3;

    private final Book book;
    private final Map<ModelId, Double> ratios = new HashMap<>();
    private final Set<ModelId> failing = new HashSet<>();

    ErrorWatch(Book book) {
        this.book = book;
    }

    /// Takes in a second's summaries.
    void second(List<ModelSummary> models) {
        for (ModelSummary m : models) {
            double all = m.finished().value() + m.failed().value();
            double now = all > 0 ? m.failed().value() / all : 0;
            double before = ratios.getOrDefault(m.model(), 0.0);
            double ratio = before + SMOOTHING * (now - before);
            ratios.put(m.model(), ratio);
            judge(m.model(), ratio);
        }
    }

    private void judge(ModelId model, double ratio) {
        if (ratio > HIGH && failing.add(model)) {
            String text = model.code() + ": " + Math.round(100 * ratio)
                    + " % of executions fail; they are tried again elsewhere and failing replicas are left out";
            book.log("MODEL_ERRORS", Severity.HIGH, model.name(), text, "", "");
        } else if (ratio < OVER && failing.remove(model)) {
            book.log("MODEL_ERRORS_OVER", Severity.INFO, model.name(), model.code() + " answers as usual", "", "");
        }
    }
}
