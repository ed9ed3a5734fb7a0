package io.latticeconsole.gateway;

/// What became of the requests that one ingress had on a lost node or site.
final class LossTally {
    /// For requests that no loss touched; never written.
    static final LossTally NONE = new LossTally(-1);

    final long since;
    String failover = "";
    int owner = -1;
    int inFlight;
    int retried;
    int migrated;
    int lost;
    int open;
    private boolean changed;

    LossTally(long since) {
        this.since = since;
    }

    void moved(boolean withTokens) {
        inFlight++;
        open++;
        if (withTokens) {
            migrated++;
        } else {
            retried++;
        }
        changed = true;
    }

    /// A request that had been moved is over.
    void over(boolean wasLost) {
        if (since >= 0) {
            open--;
            lost += wasLost ? 1 : 0;
            changed = true;
        }
    }

    /// Whether anything changed since the last call.
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }
}
