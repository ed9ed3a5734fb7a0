package io.latticeconsole.lattice;

/// What is normal for a node now, as its gateway publishes it.
public record Bands(Band utilization, Band temperature, Band power, Band latency) {
    public static final Bands NONE = new Bands(Band.NONE, Band.NONE, Band.NONE, Band.NONE);
}
