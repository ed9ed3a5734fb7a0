package io.latticeconsole.operation;

/// Steps of a failover in order.
public enum FailoverPhase {
    DETECT,
    DECIDE,
    REROUTE,
    WARM,
    RECOVERED
}
