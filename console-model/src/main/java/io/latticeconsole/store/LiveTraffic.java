package io.latticeconsole.store;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.telemetry.SampleStore;
import io.latticeconsole.telemetry.Traffic;
import io.latticeconsole.unit.Millis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The newest traffic of the ingresses that are heard now, merged. A paused lattice keeps what it told last.
public record LiveTraffic(Map<ModelId, ModelSummary> models, List<FlowSample> flows) {
    public static final LiveTraffic NONE = new LiveTraffic(Map.of(), List.of());

    public static LiveTraffic of(ConsoleState state, SampleStore samples) {
        Map<ModelId, ModelSummary> models = new HashMap<>();
        List<FlowSample> flows = new ArrayList<>();
        for (Map.Entry<String, Traffic> entry : samples.traffic().entrySet()) {
            EndpointState endpoint = state.endpoints().get(entry.getKey());
            if (endpoint != null && endpoint.link() == LinkState.LIVE) {
                entry.getValue().models().forEach(m -> models.merge(m.model(), m, ModelSummary::plus));
                flows.addAll(entry.getValue().flows());
            }
        }
        return new LiveTraffic(Map.copyOf(models), List.copyOf(flows));
    }

    /// Each model's 95th percentile of what it promises; none where its ingresses do not tell that metric.
    public Map<ModelId, Millis> objectiveP95(ConsoleState state) {
        Map<ModelId, Millis> p95 = new HashMap<>();
        state.lattice().models().values().forEach(model -> {
            ModelSummary summary = models.get(model.id());
            if (summary != null) {
                p95.put(model.id(), summary.latency(model.objective().metric()).quantile(0.95));
            }
        });
        return p95;
    }
}
