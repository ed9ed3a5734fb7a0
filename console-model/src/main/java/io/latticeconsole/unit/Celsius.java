package io.latticeconsole.unit;

/// A temperature in degrees Celsius. NaN is no reading.
public record Celsius(double value) implements Quantity {
    public static final Celsius NONE = new Celsius(Double.NaN);
}
