package io.latticeconsole.lattice;

import java.util.List;

/// How one model's requests from one client region spread over sites: ordered weights while WEIGHTED, observed ones
/// while AUTO. The etag covers the mode, and the weights only while WEIGHTED: observed weights move all the time.
public record Route(RouteId id, RouteMode mode, List<SiteWeight> weights, String etag) implements LatticeObject {
    public Route {
        weights = List.copyOf(weights);
    }
}
