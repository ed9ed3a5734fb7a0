package io.latticeconsole.lattice;

/// How loud an event is, from fixed limits, least first.
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
