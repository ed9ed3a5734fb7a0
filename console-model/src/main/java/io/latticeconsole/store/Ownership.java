package io.latticeconsole.store;

import io.latticeconsole.lattice.SiteId;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// Whose word about each site counts: the address of its owner, and the sites that several endpoints claim. A site that
/// nobody claims has no owner, and all may speak of what is there.
public record Ownership(PMap<SiteId, String> owners, PMap<SiteId, SiteContest> contests) {
    static final Ownership NONE = new Ownership(HashTreePMap.empty(), HashTreePMap.empty());

    @Nullable
    String owner(SiteId site) {
        return owners.get(site);
    }

    /// Whether an endpoint's word about a site counts.
    boolean counts(String address, SiteId site) {
        String owner = owners.get(site);
        return owner == null || owner.equals(address);
    }
}
