package io.latticeconsole.drill.world;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.world.ModelSpec;
import java.util.List;
import java.util.Set;

/// The six models of Aurora. Lengths of the chat models follow the Azure conversation trace of 2023 (medians
/// 1,020 prompt and 129 reply tokens; Splitwise, ISCA 2024), somewhat shorter; load times Acme's (NSDI 2024,
/// median 23 s, p99 52 s).
final class AuroraModels {
    private AuroraModels() {}

    private static final Set<Tier> CORE = Set.of(Tier.REGIONAL, Tier.METRO);
    private static final Set<Tier> ALL_TIERS = Set.of(Tier.values());

    static final List<ModelSpec> ALL = List.of(
            model("chat-70b", ObjectiveMetric.TTFT, 1500, 70, 48, CORE, 0.018, 800, 100, 0.55, 3500, 260, 0.5, 48),
            model("chat-8b", ObjectiveMetric.TTFT, 600, 8, 23, ALL_TIERS, 0.09, 550, 85, 0.55, 3000, 280, 0.5, 48),
            model("code-13b", ObjectiveMetric.TPOT, 90, 13, 28, CORE, 0.035, 900, 55, 0.55, 3500, 180, 0.6, 32),
            model("vision-2b", ObjectiveMetric.E2E, 2000, 2, 12, ALL_TIERS, 0.13, 400, 24, 0.35, 1200, 64, 0, 24),
            model("speech-1b", ObjectiveMetric.E2E, 1000, 1, 9, ALL_TIERS, 0.16, 350, 28, 0.35, 1000, 72, 0, 24),
            model("embed-0.3b", ObjectiveMetric.E2E, 250, 0.3, 6, ALL_TIERS, 0.567, 180, 0, 0.6, 1024, 0, 0, 1));

    private static ModelSpec model(
            String code,
            ObjectiveMetric metric,
            double limitMillis,
            double billions,
            double loadSeconds,
            Set<Tier> tiers,
            double mix,
            double context,
            double generated,
            double sigma,
            int maxContext,
            int maxGenerated,
            double followUp,
            int maxBatch) {
        return new ModelSpec(
                new ModelId("models/" + code),
                code,
                "v1",
                List.of("v1", "v2", "v3"),
                new Objective(metric, new Millis(limitMillis)),
                billions,
                billions * 2e9,
                loadSeconds,
                tiers,
                mix,
                context,
                generated,
                sigma,
                maxContext,
                maxGenerated,
                followUp,
                maxBatch,
                null);
    }
}
