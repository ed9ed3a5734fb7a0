package io.latticeconsole.telemetry;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.unit.PerSecond;

/// What an ingress saw of one model in the last `windowSeconds`.
public record ModelSummary(
        ModelId model,
        LatencyHistogram ttft,
        LatencyHistogram e2e,
        double windowSeconds,
        PerSecond arrived,
        PerSecond finished,
        PerSecond failed,
        PerSecond tokens) {}
