package io.latticeconsole.unit;

/// A rate in events per second. NaN is no reading.
public record PerSecond(double value) implements Quantity {
    public static final PerSecond NONE = new PerSecond(Double.NaN);
}
