package io.latticeconsole.gateway;

/// What one ingress gave one site and what became of it: admitted = finished + migrated + retried + aborted + lost +
/// inFlight.
public record SiteLedger(
        long admitted, long finished, long migrated, long retried, long aborted, long lost, long inFlight) {
    public boolean balances() {
        return admitted == finished + migrated + retried + aborted + lost + inFlight && inFlight >= 0;
    }
}
