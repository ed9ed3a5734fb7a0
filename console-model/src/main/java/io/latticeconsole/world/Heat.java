package io.latticeconsole.world;

/// Power and heat of an accelerator: what a machine does and what its gateway expects of it. Pure.
///
/// Power is idle plus the rest times 0.92 × utilisation^0.8, which with Aurora's load gives about the percentiles of
/// Acme's A100s (NSDI 2024: p50 100 W, p95 410 W). Temperature follows power with a time constant of 25 s towards
/// inlet + 8 + 42 K × power/TDP (Acme: p50 40 °C, p95 64 °C).
public final class Heat {
    /// Time constant of temperature, s.
    public static final double SECONDS = 25;

    private Heat() {}

    /// Power of one accelerator at a utilisation from 0 to 1, W. @param share of the power it wants that it is given
    public static double watts(AcceleratorType type, double utilization, double share) {
        return type.idleWatts() + (type.tdpWatts() - type.idleWatts()) * 0.92 * Math.pow(utilization, 0.8) * share;
    }

    /// The temperature that a power leads to if it lasts, °C. @param share power over TDP, times what the node's place
    /// adds to its heat
    public static double steadyCelsius(double inlet, double share) {
        return inlet + 8 + 42 * share;
    }

    /// A temperature some seconds later, on its way to a steady one.
    public static double after(double celsius, double steady, double seconds) {
        return celsius + (steady - celsius) * (1 - Math.exp(-seconds / SECONDS));
    }
}
