package io.latticeconsole.world;

/// A kind of machine: some accelerators of one product and the host around them.
public record NodeClass(AcceleratorType type, int count) {
    /// Power of host, fans and network per machine, in watts, with nothing running.
    private static final double HOST_WATTS = 120;

    private static final double HOST_PER_ACCELERATOR = 18;

    /// A machine that has not told yet what it is made of.
    public static final NodeClass UNTOLD =
            new NodeClass(AcceleratorType.measured("unknown", Double.NaN, Double.NaN), 1);

    public String displayName() {
        return isTold() ? count + " × " + type.name() : "not told yet";
    }

    /// Whether it is known what the machine is made of.
    public boolean isTold() {
        return !equals(UNTOLD);
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
