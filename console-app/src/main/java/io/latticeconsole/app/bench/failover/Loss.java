package io.latticeconsole.app.bench.failover;

import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverPhase;
import java.time.Duration;
import java.time.Instant;

/// What one fault showed: seconds of lattice time until it was seen, from there until its traffic had moved and until
/// all was over, and what became of requests.
record Loss(
        FaultKind kind,
        double seen,
        double moved,
        double recovered,
        long inFlight,
        long continued,
        long lost,
        long rejected) {
    static Loss of(FaultKind kind, Instant fault, Failover failover, long lost, long rejected) {
        Instant detected = at(failover, FailoverPhase.DETECT);
        return new Loss(
                kind,
                seconds(fault, detected),
                seconds(detected, at(failover, FailoverPhase.REROUTE)),
                seconds(detected, at(failover, FailoverPhase.RECOVERED)),
                failover.inFlightAtLoss(),
                failover.migrated(),
                lost,
                rejected);
    }

    private static Instant at(Failover failover, FailoverPhase phase) {
        Instant time = failover.reached().get(phase);
        if (time == null) {
            throw new IllegalStateException(failover.id() + " never reached " + phase);
        }
        return time;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
