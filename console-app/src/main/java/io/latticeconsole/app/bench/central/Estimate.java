package io.latticeconsole.app.bench.central;

import io.latticeconsole.app.bench.Figures;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A mean over seeds and half the width of its 95 % interval (Student's t).
record Estimate(double mean, double halfWidth) {
    /// Two-sided 95 % quantiles of Student's t by degrees of freedom, from 1; beyond, the normal one.
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093
    };

    static Estimate of(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        int n = outcomes.size();
        double mean = outcomes.stream().mapToDouble(figure).average().orElse(Double.NaN);
        if (n < 2) {
            return new Estimate(mean, Double.NaN);
        }
        double squares = outcomes.stream()
                .mapToDouble(figure)
                .map(v -> (v - mean) * (v - mean))
                .sum();
        double t = n - 2 < T.length ? T[n - 2] : 1.96;
        return new Estimate(mean, t * Math.sqrt(squares / (n - 1) / n));
    }

    void put(Figures figures, String name) {
        figures.put(name, mean).put(name + "_ci95", halfWidth);
    }
}
