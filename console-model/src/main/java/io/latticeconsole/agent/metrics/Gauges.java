package io.latticeconsole.agent.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Adds metrics to a registry whose values are asked for at each scrape. A value that is NaN is left out: no reading is
/// no series, so that nothing averages it.
record Gauges(PrometheusRegistry registry) {
    /// Takes one value and the values of the labels.
    interface Told {
        void value(double value, String... labels);
    }

    /// A gauge; the unit becomes the end of its name.
    void gauge(String name, @Nullable Unit unit, String help, List<String> labels, Consumer<Told> asked) {
        GaugeWithCallback.Builder builder = GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(callback -> asked.accept((value, texts) -> {
                    if (!Double.isNaN(value)) {
                        callback.call(value, texts);
                    }
                }));
        if (unit != null) {
            builder.unit(unit);
        }
        builder.register(registry);
    }

    /// A counter; its name gets `_total` when it is told.
    void counter(String name, String help, List<String> labels, Consumer<Told> asked) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels.toArray(String[]::new))
                .callback(callback -> asked.accept((value, texts) -> {
                    if (value >= 0) {
                        callback.call(value, texts);
                    }
                }))
                .register(registry);
    }
}
