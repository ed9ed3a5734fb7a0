package io.latticeconsole.agent.telemetry;

/// Memory errors of an accelerator since its driver was loaded; NaN where it has no ECC or does not tell.
public record EccErrors(double corrected, double uncorrected) {
    public static final EccErrors NONE = new EccErrors(Double.NaN, Double.NaN);
}
