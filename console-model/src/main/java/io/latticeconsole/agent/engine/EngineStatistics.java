package io.latticeconsole.agent.engine;

import io.latticeconsole.agent.text.MetricHistogram;
import io.latticeconsole.unit.Ratio;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// One look at an engine's counters and gauges. What the engine does not tell is empty or [Ratio#NONE]; histograms are
/// in seconds. `doubts` are sentences on what of the engine's answer could not be used.
public record EngineStatistics(
        List<ModelCounts> models,
        OptionalDouble running,
        OptionalDouble waiting,
        Ratio kvCacheUsage,
        Optional<MetricHistogram> timeToFirstToken,
        Optional<MetricHistogram> timePerOutputToken,
        Optional<MetricHistogram> requestLatency,
        List<String> doubts) {
    public EngineStatistics {
        models = List.copyOf(models);
        doubts = List.copyOf(doubts);
    }

    /// Statistics of an engine that only counts.
    public static EngineStatistics of(List<ModelCounts> models) {
        return new EngineStatistics(
                models,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Ratio.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
