package io.latticeconsole.store;

import io.latticeconsole.lattice.SiteId;
import java.util.List;

/// A site that more than one endpoint claims: the best claim first, which is the one that the console shows.
public record SiteContest(SiteId site, List<SiteClaim> claims) {
    public SiteContest {
        claims = List.copyOf(claims);
        if (claims.size() < 2) {
            throw new IllegalArgumentException(
                    site + " is contested by " + claims.size() + " claims, expected 2 or more");
        }
    }

    /// Whose word is shown.
    public SiteClaim owner() {
        return claims.getFirst();
    }

    /// Those whose word is set aside.
    public List<SiteClaim> others() {
        return claims.subList(1, claims.size());
    }
}
