package io.latticeconsole.telemetry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one ingress last said of its requests: flows, models and ledger; `heard` is the console's wall time.
public record Traffic(
        Instant heard,
        Instant latticeTime,
        List<FlowSample> flows,
        List<ModelSummary> models,
        @Nullable LedgerTotals ledger) {
    public Traffic {
        flows = List.copyOf(flows);
        models = List.copyOf(models);
    }
}
