package io.latticeconsole.unit;

/// Electrical power in watts; NaN is no reading.
public record Watts(double value) {}
