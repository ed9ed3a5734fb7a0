package io.latticeconsole.agent.telemetry;

/// Clocks of an accelerator in MHz; NaN is no reading.
public record Clocks(double multiprocessors, double memory) {
    public static final Clocks NONE = new Clocks(Double.NaN, Double.NaN);
}
