package io.latticeconsole.unit;

/// A time span in milliseconds. NaN is no reading.
public record Millis(double value) implements Quantity {
    public static final Millis NONE = new Millis(Double.NaN);
}
