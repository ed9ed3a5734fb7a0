package io.latticeconsole.telemetry;

/// Requests of an ingress since the lattice began: arrived = finished + rejected + aborted + lost + inFlight.
public record LedgerTotals(
        long arrived,
        long finished,
        long rejected,
        long aborted,
        long lost,
        long inFlight,
        long retried,
        long migrated,
        long duplicateExecutions) {
    public boolean balances() {
        return arrived == finished + rejected + aborted + lost + inFlight;
    }
}
