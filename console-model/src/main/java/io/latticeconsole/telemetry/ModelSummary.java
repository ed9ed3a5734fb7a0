package io.latticeconsole.telemetry;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.unit.PerSecond;

/// What an ingress saw of one model in the last `windowSeconds`. TPOT is counted of requests that streamed tokens.
public record ModelSummary(
        ModelId model,
        LatencyHistogram ttft,
        LatencyHistogram e2e,
        LatencyHistogram tpot,
        double windowSeconds,
        PerSecond arrived,
        PerSecond finished,
        PerSecond failed,
        PerSecond tokens) {
    /// What two ingresses saw of the same model.
    public ModelSummary plus(ModelSummary o) {
        return new ModelSummary(
                model,
                ttft.plus(o.ttft),
                e2e.plus(o.e2e),
                tpot.plus(o.tpot),
                Math.max(windowSeconds, o.windowSeconds),
                new PerSecond(arrived.value() + o.arrived.value()),
                new PerSecond(finished.value() + o.finished.value()),
                new PerSecond(failed.value() + o.failed.value()),
                new PerSecond(tokens.value() + o.tokens.value()));
    }

    /// The histogram of one metric.
    public LatencyHistogram latency(ObjectiveMetric metric) {
        return switch (metric) {
            case TTFT -> ttft;
            case TPOT -> tpot;
            case E2E -> e2e;
        };
    }
}
