package io.latticeconsole.agent.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/// What one scrape told: its samples by name, the type that it declares for a family (`gauge`, `counter`, …), and what
/// of it could not be read. Immutable.
public final class Exposition {
    private final Map<String, List<MetricSample>> samples;
    private final Map<String, String> types;
    private final List<Problem> problems;

    /// A line that was left out and why. Lines count from 1; 0 is the text as a whole.
    public record Problem(int line, String message) {
        @Override
        public String toString() {
            return line == 0 ? message : "line " + line + ": " + message;
        }
    }

    Exposition(Map<String, List<MetricSample>> samples, Map<String, String> types, List<Problem> problems) {
        Map<String, List<MetricSample>> copy = new LinkedHashMap<>();
        samples.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        this.samples = copy;
        this.types = Map.copyOf(types);
        this.problems = List.copyOf(problems);
    }

    /// The names that have samples, in the order of the text.
    public Set<String> names() {
        return Collections.unmodifiableSet(samples.keySet());
    }

    /// All samples of a name, none if the text has none.
    public List<MetricSample> samples(String name) {
        return samples.getOrDefault(name, List.of());
    }

    /// The declared type of a family.
    public Optional<String> type(String family) {
        return Optional.ofNullable(types.get(family));
    }

    /// What could not be read; the first few only, if there is much.
    public List<Problem> problems() {
        return problems;
    }

    /// The sum of a name's samples that have these labels; empty if there is none, or if one is NaN.
    public OptionalDouble sum(String name, Map<String, String> labels) {
        double sum = 0;
        boolean any = false;
        for (MetricSample sample : samples(name)) {
            if (sample.matches(labels)) {
                any = true;
                sum += sample.value();
            }
        }
        return any && !Double.isNaN(sum) ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    /// The largest of a name's samples that have these labels and are numbers.
    public OptionalDouble max(String name, Map<String, String> labels) {
        return samples(name).stream()
                .filter(sample -> sample.matches(labels) && !Double.isNaN(sample.value()))
                .mapToDouble(MetricSample::value)
                .max();
    }

    /// The histogram of a family, added up over all series that have these labels; empty if there is none or if their
    /// buckets differ or add up to no number.
    public Optional<MetricHistogram> histogram(String family, Map<String, String> labels) {
        List<MetricHistogram> parts = new ArrayList<>();
        bySeries(samples(family + "_bucket")).forEach((series, buckets) -> {
            if (series.entrySet().containsAll(labels.entrySet())) {
                parts.add(histogram(buckets, sum(family + "_sum", series).orElse(Double.NaN)));
            }
        });
        return parts.stream().map(Optional::of).reduce(Exposition::plus).orElse(Optional.empty());
    }

    private static Optional<MetricHistogram> plus(Optional<MetricHistogram> left, Optional<MetricHistogram> right) {
        if (left.isEmpty()
                || right.isEmpty()
                || !left.get().bounds().equals(right.get().bounds())) {
            return Optional.empty();
        }
        if (Double.isInfinite(left.get().count() + right.get().count())) {
            return Optional.empty();
        }
        List<Double> counts = new ArrayList<>();
        for (int i = 0; i < left.get().counts().size(); i++) {
            counts.add(left.get().counts().get(i) + right.get().counts().get(i));
        }
        return Optional.of(new MetricHistogram(
                left.get().bounds(), counts, left.get().sum() + right.get().sum()));
    }

    /// Buckets by all their labels but `le`.
    static Map<Map<String, String>, List<MetricSample>> bySeries(List<MetricSample> buckets) {
        Map<Map<String, String>, List<MetricSample>> series = new LinkedHashMap<>();
        for (MetricSample bucket : buckets) {
            Map<String, String> labels = new LinkedHashMap<>(bucket.labels());
            if (labels.remove("le") != null) {
                series.computeIfAbsent(labels, _ -> new ArrayList<>()).add(bucket);
            }
        }
        return series;
    }

    /// @throws IllegalArgumentException if a bound is no number or the buckets make no histogram
    static MetricHistogram histogram(List<MetricSample> buckets, double sum) {
        TreeMap<Double, Double> counts = new TreeMap<>();
        for (MetricSample bucket : buckets) {
            double bound = MetricLine.number(bucket.labels().getOrDefault("le", ""));
            if (Double.isNaN(bound) || counts.put(bound, bucket.value()) != null) {
                throw new IllegalArgumentException("bucket le=\"" + bound + "\" appears twice or is no bound");
            }
        }
        return new MetricHistogram(List.copyOf(counts.keySet()), List.copyOf(counts.values()), sum);
    }
}
