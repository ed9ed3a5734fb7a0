package io.latticeconsole.world;

/// A kind of machine: some accelerators of one product and the host around them.
public record NodeClass(AcceleratorType type, int count) {
    /// Power of host, fans and network per machine, in watts, with nothing running.
    private static final double HOST_WATTS = 120;

    private static final double HOST_PER_ACCELERATOR = 18;

    public String displayName() {
        return count + " × " + type.name();
    }

    public double idleWatts() {
        return hostWatts() + count * type.idleWatts();
    }

    public double hostWatts() {
        return HOST_WATTS + HOST_PER_ACCELERATOR * count;
    }

    public double maxWatts() {
        return hostWatts() + count * type.tdpWatts();
    }
}
