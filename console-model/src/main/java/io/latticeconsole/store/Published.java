package io.latticeconsole.store;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.Site;
import io.latticeconsole.lattice.SiteId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Everything one endpoint publishes now, shown or not: its facts by key, grouped by the site they belong to (`""` for
/// what belongs to none). `highestTerm` is the highest ownership term among its sites, 0 without any. Immutable.
public record Published(PMap<String, PMap<String, Fact>> bySite, long highestTerm) {
    static final Published NOTHING = new Published(HashTreePMap.empty(), 0);

    /// The site that a key belongs to, `""` if it belongs to none.
    static String site(String key) {
        int sites = key.startsWith("regions/") ? key.indexOf("/sites/") : -1;
        if (sites < 0) {
            return "";
        }
        int end = key.indexOf('/', sites + "/sites/".length());
        return end < 0 ? key : key.substring(0, end);
    }

    PMap<String, Fact> of(String site) {
        return bySite.getOrDefault(site, HashTreePMap.empty());
    }

    @Nullable
    Fact fact(String key) {
        return of(site(key)).get(key);
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        bySite.values().forEach(facts -> keys.addAll(facts.keySet()));
        return keys;
    }

    /// The term under which a site is claimed, -1 if it is not claimed.
    long term(SiteId site) {
        return term(of(site.name()).get(site.name()));
    }

    private static long term(@Nullable Fact fact) {
        return fact instanceof Fact.LatticeChanged(LatticeEvent.ObjectChanged(Site site)) ? site.ownershipTerm() : -1;
    }

    Published plus(String key, Fact fact) {
        String site = site(key);
        PMap<String, Fact> before = of(site);
        Published next = new Published(bySite.plus(site, before.plus(key, fact)), highestTerm);
        return next.afterTerm(term(before.get(key)), term(fact));
    }

    Published minus(String key) {
        String site = site(key);
        PMap<String, Fact> before = of(site);
        PMap<String, Fact> left = before.minus(key);
        Published next = new Published(left.isEmpty() ? bySite.minus(site) : bySite.plus(site, left), highestTerm);
        return next.afterTerm(term(before.get(key)), -1);
    }

    private Published afterTerm(long before, long now) {
        if (now >= highestTerm) {
            return now == highestTerm ? this : new Published(bySite, now);
        }
        return before == highestTerm && before >= 0 ? new Published(bySite, highest()) : this;
    }

    private long highest() {
        long highest = 0;
        for (var entry : bySite.entrySet()) {
            highest = Math.max(highest, term(entry.getValue().get(entry.getKey())));
        }
        return highest;
    }
}
