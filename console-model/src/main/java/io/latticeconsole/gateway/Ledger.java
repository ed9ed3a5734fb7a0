package io.latticeconsole.gateway;

import io.latticeconsole.telemetry.LedgerTotals;

/// Accounts of one ingress, exact at every moment: of requests, and of what each site was given. Counts are of
/// simulated requests; [#totals] multiplies by what each stands for.
final class Ledger {
    private long arrived;
    private long finished;
    private long rejected;
    private long aborted;
    private long lost;
    private long inFlight;
    private long retried;
    private long migrated;
    private long duplicates;
    private final long[] siteAdmitted;
    private final long[] siteFinished;
    private final long[] siteRetried;
    private final long[] siteMigrated;
    private final long[] siteAborted;
    private final long[] siteLost;
    private final long[] siteInFlight;

    Ledger(int sites) {
        siteAdmitted = new long[sites];
        siteFinished = new long[sites];
        siteRetried = new long[sites];
        siteMigrated = new long[sites];
        siteAborted = new long[sites];
        siteLost = new long[sites];
        siteInFlight = new long[sites];
    }

    void arrive() {
        arrived++;
        inFlight++;
    }

    void reject() {
        rejected++;
        inFlight--;
    }

    void admit(int site) {
        siteAdmitted[site]++;
        siteInFlight[site]++;
    }

    /// The site is -1 where a request was at no site when it ended.
    void finish(int site) {
        finished++;
        inFlight--;
        leave(site, siteFinished);
    }

    void lose(int site) {
        lost++;
        inFlight--;
        leave(site, siteLost);
    }

    void abort(int site) {
        aborted++;
        inFlight--;
        leave(site, siteAborted);
    }

    /// A request leaves a site to go on elsewhere.
    void moveOut(int site, boolean withTokens) {
        if (withTokens) {
            migrated++;
            leave(site, siteMigrated);
        } else {
            retried++;
            leave(site, siteRetried);
        }
    }

    void duplicate() {
        duplicates++;
    }

    private void leave(int site, long[] column) {
        if (site >= 0) {
            column[site]++;
            siteInFlight[site]--;
        }
    }

    LedgerTotals totals(double weight) {
        return new LedgerTotals(
                Math.round(arrived * weight),
                Math.round(finished * weight),
                Math.round(rejected * weight),
                Math.round(aborted * weight),
                Math.round(lost * weight),
                Math.round(inFlight * weight),
                Math.round(retried * weight),
                Math.round(migrated * weight),
                Math.round(duplicates * weight));
    }

    SiteLedger site(int i) {
        return new SiteLedger(
                siteAdmitted[i],
                siteFinished[i],
                siteMigrated[i],
                siteRetried[i],
                siteAborted[i],
                siteLost[i],
                siteInFlight[i]);
    }

    boolean balances() {
        boolean whole = arrived == finished + rejected + aborted + lost + inFlight && inFlight >= 0;
        for (int i = 0; i < siteAdmitted.length; i++) {
            whole &= site(i).balances();
        }
        return whole;
    }

    long inFlight() {
        return inFlight;
    }
}
