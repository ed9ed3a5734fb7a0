package io.latticeconsole.world;

import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.Tier;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A model: what it promises, what it needs and what its requests look like. `version` is the one that serves at the
/// beginning, `versions` are all that may be deployed. `mix` is its share of all requests; lengths are medians of
/// log-normal distributions with spread `sigma`, cut off at
/// `maxContext` and `maxGenerated`; `followUp` is the share of requests that continue a session, whose prompt
/// is then mostly cached. `times` are its measured ones, null where they follow from its size and the accelerator.
public record ModelSpec(
        ModelId id,
        String displayName,
        String version,
        List<String> versions,
        Objective objective,
        double billions,
        double sizeBytes,
        double loadSeconds,
        Set<Tier> tiers,
        double mix,
        double medianContext,
        double medianGenerated,
        double sigma,
        int maxContext,
        int maxGenerated,
        double followUp,
        int maxBatch,
        @Nullable ServiceTimes times) {
    public ModelSpec {
        versions = List.copyOf(versions);
        tiers = Set.copyOf(tiers);
    }

    /// Share of a follow-up's prompt that a replica that served its session before has in cache.
    public static final double CACHED_SHARE = 0.7;

    /// The same model where another version serves.
    public ModelSpec withVersion(String other) {
        return new ModelSpec(
                id,
                displayName,
                other,
                versions,
                objective,
                billions,
                sizeBytes,
                loadSeconds,
                tiers,
                mix,
                medianContext,
                medianGenerated,
                sigma,
                maxContext,
                maxGenerated,
                followUp,
                maxBatch,
                times);
    }

    /// Mean of the log-normal prompt length.
    public double meanContext() {
        return Math.min(maxContext, medianContext * Math.exp(sigma * sigma / 2));
    }

    /// Mean of the log-normal reply length, 0 where a reply has no tokens.
    public double meanGenerated() {
        return Math.min(maxGenerated, medianGenerated * Math.exp(sigma * sigma / 2));
    }

    /// Mean prompt tokens that have to be computed when three of four follow-ups find their cache.
    public double meanUncached() {
        return meanContext() * (1 - 0.75 * followUp * CACHED_SHARE);
    }

    /// Accelerators that one replica takes on a product.
    public int acceleratorsOn(AcceleratorType type) {
        double need = sizeBytes * 1.25;
        int n = 1;
        while (n * type.memoryBytes() < need) {
            n *= 2;
        }
        return billions >= 60 ? Math.max(n, type.wholeFrom()) : n;
    }

    /// Whether a replica may run on that product: its step time has to leave room under the objective.
    public boolean runsOn(AcceleratorType type) {
        return billions <= type.mostBillions();
    }

    public ServiceTimes on(AcceleratorType type) {
        ServiceTimes measured = times;
        return measured == null ? ServiceTimes.of(type, billions, acceleratorsOn(type)) : measured;
    }

    /// What one replica serves on that product within the objective at usual lengths, requests per second.
    public double capacityOn(AcceleratorType type) {
        return on(type).capacity(meanUncached(), meanGenerated(), maxBatch);
    }
}
