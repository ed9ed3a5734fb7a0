package io.latticeconsole.telemetry;

import io.latticeconsole.lattice.ModelId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The newest traffic of every ingress. One lane writes, any thread reads an immutable map.
final class TrafficBoard {
    private volatile Map<String, Traffic> byEndpoint = Map.of();

    Map<String, Traffic> byEndpoint() {
        return byEndpoint;
    }

    /// Takes what a batch says of traffic, if it says anything. Writing lane.
    void take(String endpoint, SampleBatch batch, Instant heard) {
        if (batch.flows().isEmpty() && batch.models().isEmpty() && batch.ledger() == null) {
            return;
        }
        Map<String, Traffic> next = new HashMap<>(byEndpoint);
        next.merge(endpoint, Traffic.of(batch, heard), Traffic::then);
        byEndpoint = Map.copyOf(next);
    }

    List<FlowSample> flows(Instant since) {
        return byEndpoint.values().stream()
                .filter(t -> !t.heard().isBefore(since))
                .flatMap(t -> t.flows().stream())
                .toList();
    }

    Map<ModelId, ModelSummary> models(Instant since) {
        Map<ModelId, ModelSummary> merged = new TreeMap<>();
        for (Traffic t : byEndpoint.values()) {
            if (!t.heard().isBefore(since)) {
                t.models().forEach(m -> merged.merge(m.model(), m, ModelSummary::plus));
            }
        }
        return merged;
    }

    LedgerTotals ledger() {
        return byEndpoint.values().stream()
                .map(Traffic::ledger)
                .filter(Objects::nonNull)
                .reduce(LedgerTotals.NONE, LedgerTotals::plus);
    }
}
