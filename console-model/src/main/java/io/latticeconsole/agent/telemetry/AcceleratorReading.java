package io.latticeconsole.agent.telemetry;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.XidCatalog;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.util.Set;

/// What one accelerator told at one moment. NaN is no reading, never 0 and never a sentinel; `lastXid` is the last XID
/// error since the source was opened, 0 if none; `memoryUsedBytes` leaves out what the driver reserves where it tells.
public record AcceleratorReading(
        AcceleratorIdentity identity,
        AcceleratorCondition condition,
        int lastXid,
        Ratio utilization,
        Celsius temperature,
        Watts power,
        double memoryUsedBytes,
        Clocks clocks,
        EccErrors ecc,
        Set<ThrottleReason> throttling) {

    public AcceleratorReading {
        throttling = Set.copyOf(throttling);
    }

    /// A reading with nothing in it.
    static AcceleratorReading none(AcceleratorIdentity identity, AcceleratorCondition condition, int lastXid) {
        return new AcceleratorReading(
                identity,
                condition,
                lastXid,
                Ratio.NONE,
                Celsius.NONE,
                Watts.NONE,
                Double.NaN,
                Clocks.NONE,
                EccErrors.NONE,
                Set.of());
    }

    AcceleratorReading withIndex(int index) {
        return new AcceleratorReading(
                identity.withIndex(index),
                condition,
                lastXid,
                utilization,
                temperature,
                power,
                memoryUsedBytes,
                clocks,
                ecc,
                throttling);
    }

    /// Whether replicas can run on it: it is no fault now, and its last XID error does not call for a reset.
    public boolean isHealthy() {
        XidCatalog.Entry entry = XidCatalog.entries().get(lastXid);
        return !condition.isFault() && (entry == null || entry.effect() != XidCatalog.Effect.LOSES_ACCELERATOR);
    }

    /// What is wrong and what to do about it, empty if nothing is.
    public String fault() {
        if (lastXid != 0) {
            return XidCatalog.describe(lastXid);
        }
        return switch (condition) {
            case LOST -> "GPU is lost; restart the bare-metal node, contact support if it returns";
            case RESET_REQUIRED -> "GPU needs a reset; drain the node and reset the GPU";
            case ANSWERING, SILENT -> "";
        };
    }

    /// The accelerator as the lattice shows it; its power limit stands for its design power.
    public Accelerator toAccelerator() {
        return new Accelerator(
                identity.index(),
                identity.product(),
                identity.memoryBytes(),
                identity.powerLimit(),
                isHealthy(),
                lastXid,
                fault());
    }
}
