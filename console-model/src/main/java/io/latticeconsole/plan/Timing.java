package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import java.time.Duration;
import java.util.Collection;

/// How long things take: the longest request, and the default deadline of a drain.
public final class Timing {
    /// Longest output in tokens: the most that the Azure LLM trace of 2023 has in one conversation turn is 992.
    public static final int LONGEST_OUTPUT = 992;

    /// Until every router has confirmed, in seconds: two round trips around the world.
    static final double PROPAGATION = 0.6;

    private Timing() {}

    /// Time per output token at full batch in seconds: 55 ms for 70B weights of 140 GB (Splitwise, A100 pairs), falling
    /// with size to 12 ms, which kernels and scheduling take anyway. Models under 2 GB do not generate.
    public static double tokenSeconds(Model model) {
        if (model.sizeBytes() < 2e9) {
            return 0;
        }
        return 0.012 + 0.043 * Math.min(1.5, model.sizeBytes() / 140e9);
    }

    /// The longest time that a request of any of the models may still take.
    static double longestSeconds(LatticeState lattice, Collection<ModelId> models) {
        return models.stream()
                .map(m -> lattice.models().get(m))
                .mapToDouble(m -> m == null ? 0 : LONGEST_OUTPUT * tokenSeconds(m))
                .max()
                .orElse(0);
    }

    /// `1.5 × (propagation + 1.3 × longest output × TPOT at full batch)`, at least 5 s.
    static Duration deadline(LatticeState lattice, Collection<ModelId> models) {
        double seconds = 1.5 * (PROPAGATION + 1.3 * longestSeconds(lattice, models));
        return Duration.ofMillis((long) (1000 * Math.max(5, seconds)));
    }
}
