package io.latticeconsole.lattice;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.Watts;

/// Limits that no expectation may move: throttling temperature, power, and the objective of the main model.
public record HardLimits(Celsius temperature, Watts power, Millis latency) {}
