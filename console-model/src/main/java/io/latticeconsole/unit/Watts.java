package io.latticeconsole.unit;

/// Electrical power in watts. NaN is no reading.
public record Watts(double value) implements Quantity {
    public static final Watts NONE = new Watts(Double.NaN);
}
