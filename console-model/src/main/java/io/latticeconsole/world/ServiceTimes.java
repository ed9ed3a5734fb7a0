package io.latticeconsole.world;

/// How long a replica's work takes, in milliseconds: a prefill is `prefillBase + prefillPerToken × uncached tokens`, a
/// decode step of a batch of b sequences `itlBase + itlPerSequence × b`.
///
/// Single-GPU constants are Helix's (ASPLOS 2025) per-layer times of Llama-2-70B on A100 divided by its 70
/// billion parameters (1.4 ms × 80 layers per step, 0.5 ms × 80 per 48 more sequences, 7 ms × 80 per 1,000
/// prompt tokens); tensor parallelism divides them by `n × efficiency(n)`, which gives Splitwise's (ISCA 2024)
/// 230 ms and 45 ms at 4 × A100.
public record ServiceTimes(double prefillBase, double prefillPerToken, double itlBase, double itlPerSequence) {
    private static final double PREFILL_PER_TOKEN_AND_BILLION = 0.008;
    private static final double ITL_PER_BILLION = 1.6;
    private static final double ITL_PER_SEQUENCE_AND_BILLION = 0.012;
    private static final double PREFILL_OVERHEAD = 2.5;
    private static final double ITL_OVERHEAD = 1.5;

    /// Of a model with so many billion parameters on n accelerators.
    public static ServiceTimes of(AcceleratorType type, double billions, int n) {
        double share = billions / (n * efficiency(n));
        return new ServiceTimes(
                PREFILL_OVERHEAD,
                PREFILL_PER_TOKEN_AND_BILLION * share * type.prefillFactor(),
                ITL_OVERHEAD + ITL_PER_BILLION * share * type.decodeFactor(),
                ITL_PER_SEQUENCE_AND_BILLION * share * type.sequenceFactor());
    }

    private static double efficiency(int n) {
        return n == 1 ? 1 : n == 2 ? 0.76 : n <= 4 ? 0.63 : 0.46;
    }

    public double prefillMs(double uncachedTokens) {
        return prefillBase + prefillPerToken * uncachedTokens;
    }

    public double itlMs(double batch) {
        return itlBase + itlPerSequence * batch;
    }

    /// Requests per second that a replica serves for long within its objective: prefill at most 62 % busy, and decode
    /// slots at most 75 % taken.
    public double capacity(double uncachedTokens, double generatedTokens, int maxBatch) {
        double byPrefill = 0.62 / (prefillMs(uncachedTokens) / 1000);
        if (generatedTokens < 1) {
            return byPrefill;
        }
        double stepsPerSecond = 1000 / (itlMs(0.75 * maxBatch) * DECODE_SHARE);
        return Math.min(byPrefill, 0.75 * maxBatch * stepsPerSecond / generatedTokens);
    }

    /// Decode steps take longer by half of the time that prefills take, as chunked prefill shares the accelerator.
    private static final double DECODE_SHARE = 1.3;
}
