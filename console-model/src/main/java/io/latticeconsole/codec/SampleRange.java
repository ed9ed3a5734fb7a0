package io.latticeconsole.codec;

import io.latticeconsole.telemetry.Metric;

/// What a reading of a metric can physically be, in the metric's unit; anything else is taken as *no reading*.
record SampleRange(float low, float high) {
    private static final SampleRange RATIO = new SampleRange(0, 1.0001f);
    // A surface that is colder or hotter is a broken sensor.
    private static final SampleRange TEMPERATURE = new SampleRange(-80, 300);
    // More than a rack draws.
    private static final SampleRange POWER = new SampleRange(0, 1e6f);
    // A day.
    private static final SampleRange MILLIS = new SampleRange(0, 86_400_000);
    private static final SampleRange COUNT = new SampleRange(0, 1e9f);

    private static final SampleRange[] BANDS = {RATIO, TEMPERATURE, POWER, MILLIS};

    static SampleRange of(Metric metric) {
        return switch (metric) {
            case UTILIZATION, KV_CACHE_USAGE, ERROR_RATIO -> RATIO;
            case TEMPERATURE_CELSIUS -> TEMPERATURE;
            case POWER_WATTS -> POWER;
            case TTFT_P95_MS, E2E_P95_MS, LATENCY_MS -> MILLIS;
            case REQUESTS_PER_SECOND, TOKENS_PER_SECOND, QUEUE_DEPTH, IN_FLIGHT -> COUNT;
        };
    }

    /// The range of one of the four bands of a node: utilization, temperature, power, latency.
    static SampleRange ofBand(int position) {
        return BANDS[position & 3];
    }

    boolean holds(float value) {
        return value >= low && value <= high;
    }
}
