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
    public static final LedgerTotals NONE = new LedgerTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// Both ledgers together.
    public LedgerTotals plus(LedgerTotals o) {
        return new LedgerTotals(
                arrived + o.arrived,
                finished + o.finished,
                rejected + o.rejected,
                aborted + o.aborted,
                lost + o.lost,
                inFlight + o.inFlight,
                retried + o.retried,
                migrated + o.migrated,
                duplicateExecutions + o.duplicateExecutions);
    }

    public boolean balances() {
        return arrived == finished + rejected + aborted + lost + inFlight;
    }
}
