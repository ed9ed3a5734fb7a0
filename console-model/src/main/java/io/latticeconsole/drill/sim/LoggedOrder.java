package io.latticeconsole.drill.sim;

/// An order as it took effect: lattice nanoseconds of its tick and the region of the gateway that got it.
public record LoggedOrder(long tick, int region, DrillOrder order) {}
