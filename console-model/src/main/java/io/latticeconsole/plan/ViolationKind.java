package io.latticeconsole.plan;

/// What a plan may break.
public enum ViolationKind {
    BUDGET,
    HEADROOM,
    OBJECTIVE,
    POWER_CAP,
    N_MINUS_1
}
