package io.latticeconsole.telemetry;

/// A column of samples. LATENCY is the node's objective metric in ms.
public enum Metric {
    UTILIZATION,
    TEMPERATURE_CELSIUS,
    POWER_WATTS,
    TTFT_P95_MS,
    E2E_P95_MS,
    REQUESTS_PER_SECOND,
    TOKENS_PER_SECOND,
    QUEUE_DEPTH,
    IN_FLIGHT,
    KV_CACHE_USAGE,
    ERROR_RATIO,
    LATENCY_MS;

    /// How many columns there are.
    public static final int COUNT = values().length;

    /// The place of this metric's column in [SampleBatch#columns].
    @SuppressWarnings("EnumOrdinal") // the one place that ties the order above to columns
    public int column() {
        return ordinal();
    }
}
