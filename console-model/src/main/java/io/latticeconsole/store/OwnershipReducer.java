package io.latticeconsole.store;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.SiteId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/// Decides between endpoints that publish the same thing, from what they publish now and not from the order in
/// which it came.
///
/// A site is shown as the endpoint with the best [SiteClaim] tells it, with everything that is there; what the
/// others say of it is kept aside and shown when the owner withdraws. Anything without an owner that several
/// publish (a region, a model) is shown as the one with the highest term of all its sites tells it.
final class OwnershipReducer {
    private OwnershipReducer() {}

    /// An endpoint publishes something.
    static ConsoleState published(ConsoleState s, String address, String key, Fact fact) {
        EndpointState before = Objects.requireNonNull(s.endpoints().get(address));
        Published published = before.published().plus(key, fact);
        ConsoleState next = EndpointReducer.changed(s, address, e -> e.withPublished(published));
        String site = Published.site(key);
        if (site.equals(key)) {
            next = settledClaim(next, address, new SiteId(site), before.published());
        }
        String owner = owner(next, site);
        boolean counts = owner == null ? isFirstOf(next, key, address) : owner.equals(address);
        return counts ? FactReducer.shown(next, fact) : next;
    }

    /// An endpoint does not publish something any more.
    static ConsoleState withdrawn(ConsoleState s, String address, String key) {
        EndpointState before = s.endpoints().get(address);
        if (before == null || before.published().fact(key) == null) {
            return s;
        }
        Published published = before.published().minus(key);
        ConsoleState next = EndpointReducer.changed(s, address, e -> e.withPublished(published));
        String site = Published.site(key);
        String owner = owner(s, site);
        next = owner == null || owner.equals(address) ? withoutWord(next, key, owner == null) : next;
        return site.equals(key) ? settledClaim(next, address, new SiteId(site), before.published()) : next;
    }

    /// What others say of a thing, once the one that counted says nothing any more; nothing if nobody speaks of it.
    private static ConsoleState withoutWord(ConsoleState s, String key, boolean shared) {
        Fact fact = shared ? bestFact(s, key) : null;
        return fact == null ? FactReducer.removed(s, key) : FactReducer.shown(s, fact);
    }

    private static @Nullable String owner(ConsoleState s, String site) {
        return site.isEmpty() ? null : s.ownership().owner(new SiteId(site));
    }

    /// An endpoint said which gateway it is: equal terms may be decided otherwise now.
    static ConsoleState renamed(ConsoleState s, String address) {
        ConsoleState next = s;
        EndpointState endpoint = Objects.requireNonNull(s.endpoints().get(address));
        for (String site : endpoint.published().bySite().keySet()) {
            next = site.isEmpty() ? next : settled(next, new SiteId(site));
        }
        return settledShared(next, address);
    }

    private static ConsoleState settledClaim(ConsoleState s, String address, SiteId site, Published before) {
        ConsoleState next = settled(s, site);
        EndpointState now = Objects.requireNonNull(next.endpoints().get(address));
        return now.published().highestTerm() == before.highestTerm() ? next : settledShared(next, address);
    }

    /// Decides anew who owns a site, and hands over what is there if that is another.
    private static ConsoleState settled(ConsoleState s, SiteId site) {
        List<SiteClaim> claims = claims(s, site);
        String owner = claims.isEmpty() ? null : claims.getFirst().address();
        Ownership before = s.ownership();
        PMap<SiteId, String> owners =
                owner == null ? before.owners().minus(site) : before.owners().plus(site, owner);
        PMap<SiteId, SiteContest> contests = claims.size() < 2
                ? before.contests().minus(site)
                : before.contests().plus(site, new SiteContest(site, claims));
        ConsoleState next = StateWith.ownership(s, new Ownership(owners, contests));
        if (Objects.equals(owner, before.owner(site))) {
            return next;
        }
        return owner == null ? leftToAll(next, site.name()) : handedOver(next, site.name(), owner);
    }

    private static List<SiteClaim> claims(ConsoleState s, SiteId site) {
        List<SiteClaim> claims = new ArrayList<>();
        for (EndpointState endpoint : s.endpoints().values()) {
            long term = endpoint.published().term(site);
            if (term >= 0) {
                claims.add(new SiteClaim(endpoint.address(), gateway(endpoint), term));
            }
        }
        claims.sort(null);
        return claims;
    }

    private static ConsoleState handedOver(ConsoleState s, String site, String owner) {
        PMap<String, Fact> mine =
                Objects.requireNonNull(s.endpoints().get(owner)).published().of(site);
        ConsoleState next = s;
        for (EndpointState other : s.endpoints().values()) {
            for (String key : other.published().of(site).keySet()) {
                next = mine.containsKey(key) ? next : FactReducer.removed(next, key);
            }
        }
        for (Fact fact : mine.values()) {
            next = FactReducer.shown(next, fact);
        }
        return next;
    }

    private static ConsoleState leftToAll(ConsoleState s, String site) {
        ConsoleState next = s;
        for (EndpointState endpoint : s.endpoints().values()) {
            for (String key : endpoint.published().of(site).keySet()) {
                Fact fact = bestFact(s, key);
                next = fact == null ? next : FactReducer.shown(next, fact);
            }
        }
        return next;
    }

    /// Decides anew about everything without an owner that an endpoint and others publish, and about its gateway's
    /// address.
    private static ConsoleState settledShared(ConsoleState s, String address) {
        EndpointState endpoint = Objects.requireNonNull(s.endpoints().get(address));
        ConsoleState next = s;
        for (var of : endpoint.published().bySite().entrySet()) {
            for (String key : owner(s, of.getKey()) == null ? of.getValue().keySet() : Set.<String>of()) {
                boolean shared = s.endpoints().values().stream()
                        .anyMatch(e ->
                                !e.address().equals(address) && e.published().fact(key) != null);
                Fact fact = shared ? bestFact(s, key) : null;
                next = fact == null ? next : FactReducer.shown(next, fact);
            }
        }
        GatewayId gateway = gateway(endpoint);
        return gateway == null ? next : EndpointReducer.withAddress(next, gateway);
    }

    private static @Nullable Fact bestFact(ConsoleState s, String key) {
        EndpointState first = best(s, e -> e.published().fact(key) != null);
        return first == null ? null : first.published().fact(key);
    }

    private static boolean isFirstOf(ConsoleState s, String key, String address) {
        EndpointState first = best(s, e -> e.published().fact(key) != null);
        return first == null || first.address().equals(address);
    }

    /// The endpoint with the best claim of those that fit.
    static @Nullable EndpointState best(ConsoleState s, Predicate<EndpointState> fits) {
        EndpointState best = null;
        for (EndpointState e : s.endpoints().values()) {
            if (fits.test(e) && (best == null || overall(e).compareTo(overall(best)) < 0)) {
                best = e;
            }
        }
        return best;
    }

    private static SiteClaim overall(EndpointState e) {
        return new SiteClaim(e.address(), gateway(e), e.published().highestTerm());
    }

    private static @Nullable GatewayId gateway(EndpointState e) {
        EndpointInfo info = e.info();
        return info == null ? null : info.gateway();
    }
}
