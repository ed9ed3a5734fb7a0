package io.latticeconsole.gateway;

import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteWeight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Publishes a gateway's routes, and where traffic really goes on those that the router picks.
record RouteWatch(Surroundings surroundings, Book book, Flows flows, int region) {
    /// Observed weights that moved by more than this are published.
    private static final double CHANGE = 0.1;

    /// Enters a route for each model.
    void begin() {
        for (int m = 0; m < surroundings.world().models().size(); m++) {
            book.put(new Route(flows.routeId(region, m), RouteMode.AUTO, List.of(), book.etag()));
        }
    }

    /// Refreshes the observed weights of routes that the router picks.
    void observe() {
        for (int m = 0; m < surroundings.world().models().size(); m++) {
            Route route = book.state().routes().get(flows.routeId(region, m));
            if (route != null && route.mode() == RouteMode.AUTO) {
                List<SiteWeight> weights = flows.weights(m);
                if (differ(route.weights(), weights)) {
                    // Observed weights move all the time: plans rest on the mode.
                    book.put(new Route(route.id(), RouteMode.AUTO, weights, route.etag()));
                }
            }
        }
    }

    private static boolean differ(List<SiteWeight> a, List<SiteWeight> b) {
        Map<String, Double> before = new HashMap<>();
        a.forEach(w -> before.put(w.site().name(), w.weight()));
        for (SiteWeight w : b) {
            Double was = before.remove(w.site().name());
            if (Math.abs(w.weight() - Objects.requireNonNullElse(was, 0.0)) > CHANGE) {
                return true;
            }
        }
        return before.values().stream().anyMatch(w -> w > CHANGE);
    }
}
