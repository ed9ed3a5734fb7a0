package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.telemetry.LatencyHistogram;
import io.latticeconsole.telemetry.ModelSummary;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.world.ModelSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Ingresses measure the time per output token of every request that streams some, and tell it as they tell the others.
final class TimePerTokenTest {
    /// Adds up what an ingress tells of its models.
    private record Sum(Map<ModelId, ModelSummary> models) implements EndpointPort.Outlet {
        @Override
        public void snapshot(List<Fact> facts) {}

        @Override
        public void facts(Instant latticeTime, List<Fact> facts) {}

        @Override
        public void samples(SampleBatch batch) {
            batch.models().forEach(m -> models.merge(m.model(), m, ModelSummary::plus));
        }
    }

    @Test
    void whatIngressesTellIsWhatClientsSaw() {
        TestLattice lattice = TestLattice.of(24, 5, 120).run(20);
        int models = lattice.world.models().size();
        int[][] seen = new int[models][LatencyHistogram.BUCKETS];
        Map<ModelId, ModelSummary> told = new HashMap<>();
        lattice.sim.onFinished((model, ttft, e2e, tokens) -> {
            if (tokens > 0 && e2e > ttft) {
                seen[model][LatencyHistogram.bucket((e2e - ttft) / tokens)]++;
            }
        });
        for (int r = 0; r < lattice.world.regions().size(); r++) {
            lattice.sim.publishers().attach(r, new Sum(told));
        }
        lattice.run(40);
        for (int m = 0; m < models; m++) {
            ModelSpec model = lattice.world.models().get(m);
            ModelSummary summary = Objects.requireNonNull(told.get(model.id()));
            assertArrayEquals(seen[m], summary.tpot().counts(), model.id().code());
            assertEquals(
                    model.meanGenerated() >= 1, summary.tpot().quantile(0.95).isPresent(), model.id() + " streams");
        }
        ModelSpec code = lattice.world.models().stream()
                .filter(m -> m.objective().metric() == ObjectiveMetric.TPOT)
                .findFirst()
                .orElseThrow();
        double p95 = Objects.requireNonNull(told.get(code.id()))
                .latency(ObjectiveMetric.TPOT)
                .quantile(0.95)
                .value();
        assertTrue(p95 > 5 && p95 < code.objective().p95Limit().value(), "TPOT p95 on a quiet day: " + p95 + " ms");
    }
}
