package io.latticeconsole.agent.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One line of an exposition: a name, its labels in the order of the text, and a value, which may be NaN or infinite.
public record MetricSample(String name, Map<String, String> labels, double value) {
    public MetricSample {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /// The value of a label, if the sample has it.
    public Optional<String> label(String key) {
        return Optional.ofNullable(labels.get(key));
    }

    /// Whether the sample has all of these labels with these values.
    public boolean matches(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }
}
