package io.latticeconsole.routing;

/// Why a row is where it is in a choice: the terms of its cost, in ms where they are times.
public record RouteReason(
        int row,
        double ttftMs,
        double tpotMs,
        double roundTripMs,
        double queueMs,
        double prefillMs,
        double slowness,
        double headroom,
        double energy,
        double risk,
        boolean warmCache,
        double cost) {}
