package io.latticeconsole.routing;

/// How a router picks among eligible replicas.
public enum RoutingPolicy {
    /// Each in turn.
    ROUND_ROBIN,
    /// The shortest round trip.
    NEAREST,
    /// The fewest requests in flight as reported.
    LEAST_REQUESTS,
    /// The less loaded of two drawn at random (Mitzenmacher 2001).
    POWER_OF_TWO,
    /// The cost function of [Router].
    LATTICE
}
