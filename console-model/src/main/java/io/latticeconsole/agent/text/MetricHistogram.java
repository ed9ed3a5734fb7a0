package io.latticeconsole.agent.text;

import java.util.List;

/// A cumulative histogram: `counts.get(i)` observations were at most `bounds.get(i)`; bounds rise and the last is
/// infinite, so that its count is the number of all observations. `sum` is NaN where the text has none.
public record MetricHistogram(List<Double> bounds, List<Double> counts, double sum) {
    /// @throws IllegalArgumentException if bounds do not rise to infinity or counts fall or are no numbers
    public MetricHistogram {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
        if (bounds.isEmpty() || bounds.size() != counts.size() || bounds.getLast() != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("expected a bucket with le=\"+Inf\"");
        }
        for (int i = 0; i < bounds.size(); i++) {
            double count = counts.get(i);
            if (!(count >= (i == 0 ? 0 : counts.get(i - 1)) && count < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("bucket le=\"" + bounds.get(i) + "\" counts " + count
                        + ", expected no less than the one below");
            }
            if (i > 0 && !(bounds.get(i) > bounds.get(i - 1))) {
                throw new IllegalArgumentException("bucket le=\"" + bounds.get(i) + "\" appears twice");
            }
        }
    }

    /// The number of observations.
    public double count() {
        return counts.getLast();
    }
}
