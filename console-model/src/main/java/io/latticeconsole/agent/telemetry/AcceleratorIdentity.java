package io.latticeconsole.agent.telemetry;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Watts;

/// What of an accelerator does not change while it runs. `uuid` and `product` are empty and `memoryBytes` is NaN where
/// they could not be read; `slowdown` is where it begins to throttle; `partitioned` says that MIG is on, so that whole
/// readings such as utilisation are missing.
public record AcceleratorIdentity(
        int index,
        String uuid,
        String product,
        double memoryBytes,
        Watts powerLimit,
        Celsius slowdown,
        boolean partitioned) {

    /// What is known of an accelerator that never answered.
    static AcceleratorIdentity unknown(int index) {
        return new AcceleratorIdentity(index, "", "", Double.NaN, Watts.NONE, Celsius.NONE, false);
    }

    AcceleratorIdentity withIndex(int other) {
        return other == index
                ? this
                : new AcceleratorIdentity(other, uuid, product, memoryBytes, powerLimit, slowdown, partitioned);
    }
}
