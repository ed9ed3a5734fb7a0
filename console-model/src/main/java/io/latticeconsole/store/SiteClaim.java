package io.latticeconsole.store;

import io.latticeconsole.lattice.GatewayId;
import org.jspecify.annotations.Nullable;

/// An endpoint's word that a site is its own, under an ownership term. `gateway` is null until it said who it is.
public record SiteClaim(String address, @Nullable GatewayId gateway, long term) implements Comparable<SiteClaim> {
    /// The better claim first: the higher term; among equals, which the contract does not foresee, the lower name of
    /// gateway and then of address, so that every console decides alike.
    @Override
    public int compareTo(SiteClaim other) {
        int byTerm = Long.compare(other.term, term);
        int byGateway = byTerm != 0 ? byTerm : name().compareTo(other.name());
        return byGateway != 0 ? byGateway : address.compareTo(other.address);
    }

    private String name() {
        return gateway == null ? address : gateway.name();
    }
}
