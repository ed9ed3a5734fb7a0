package io.latticeconsole.unit;

/// A number with a unit; NaN is *no reading*.
public sealed interface Quantity permits Ratio, Celsius, Watts, Millis, PerSecond {
    double value();

    /// Whether there is a reading.
    default boolean isPresent() {
        return !Double.isNaN(value());
    }
}
