package io.latticeconsole.unit;

/// A share of a whole, usually 0 to 1. NaN is no reading.
public record Ratio(double value) implements Quantity {
    public static final Ratio NONE = new Ratio(Double.NaN);
}
