package io.latticeconsole.agent.telemetry;

import java.util.EnumSet;
import java.util.Set;

/// Why an accelerator holds its clocks down against its work. Reasons that belong to normal running (idle, chosen
/// clocks, display) are left out. Source: `nvmlClocksEventReasons` of nvml.h.
public enum ThrottleReason {
    POWER_CAP(0x4),
    HARDWARE_SLOWDOWN(0x8),
    SOFTWARE_THERMAL(0x20),
    HARDWARE_THERMAL(0x40),
    POWER_BRAKE(0x80);

    private final long bit;

    ThrottleReason(long bit) {
        this.bit = bit;
    }

    /// Whether heat is the reason.
    public boolean isThermal() {
        return this == SOFTWARE_THERMAL || this == HARDWARE_THERMAL;
    }

    /// The reasons in a mask of bits; unknown bits are passed over.
    static Set<ThrottleReason> of(long mask) {
        EnumSet<ThrottleReason> reasons = EnumSet.noneOf(ThrottleReason.class);
        for (ThrottleReason reason : values()) {
            if ((mask & reason.bit) != 0) {
                reasons.add(reason);
            }
        }
        return Set.copyOf(reasons);
    }
}
