package io.latticeconsole.exercise;

/// What can be made to go wrong.
public enum FaultKind {
    NODE_CRASH,
    NODE_SILENT,
    CONTROL_LOSS,
    INGRESS_LOSS,
    SITE_POWER_LOSS,
    ACCELERATOR_XID,
    THERMAL_RUNAWAY,
    POWER_CAP,
    LINK_SLOW,
    LINK_LOSSY,
    LINK_CUT,
    PARTITION,
    SLOW_NODE,
    BAD_MODEL_VERSION,
    ARRIVAL_BURST,
    STALE_TELEMETRY,
    LEMON_NODE,
    CLOCK_SKEW
}
