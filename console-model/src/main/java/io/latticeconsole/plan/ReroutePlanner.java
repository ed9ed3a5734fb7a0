package io.latticeconsole.plan;

import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.OperationSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Plans a reroute: the load moves as the weights say.
final class ReroutePlanner {
    private ReroutePlanner() {}

    static Plan plan(
            LatticeState lattice, LoadView load, OperationSpec.Reroute spec, Collection<Reservation> reservations) {
        Route route = lattice.routes().get(spec.route());
        if (route == null) {
            throw PlanRefused.notFound("route", spec.route().name());
        }
        check(lattice, spec, route);
        var f = new Forecast(lattice, load, Set.of(route.id().model()), reservations);
        List<String> notes = new ArrayList<>();
        double distance = spec.mode() == RouteMode.AUTO ? 0 : move(f, load, spec, notes);
        if (spec.mode() == RouteMode.AUTO) {
            notes.add("The router picks the sites again; where to, it decides request by request.");
        }
        double cache = cache(f, load);
        List<ResourceName> rests = List.of(route.id(), route.id().model());
        List<Premise> premises = Planner.premises(lattice, rests);
        double ramp = spec.rampPerSecond() > 0 ? spec.rampPerSecond() : 0.05;
        notes.add(String.format(Locale.ROOT, "%.0f %% of the route's requests change their site.", 100 * distance));
        return new Plan(
                "",
                Planner.hash(spec, premises),
                spec,
                List.of(route.id()),
                premises,
                Findings.effects(f),
                Findings.violations(f),
                List.of(),
                distance / ramp + 0.5,
                distance / ramp + (spec.expireAfter() == null ? 35 : 5),
                0,
                0,
                cache,
                null,
                notes);
    }

    private static void check(LatticeState lattice, OperationSpec.Reroute spec, Route route) {
        if (!spec.routeEtag().isEmpty() && !spec.routeEtag().equals(route.etag())) {
            throw new PlanRefused(
                    "ABORTED",
                    "PREMISE_CHANGED",
                    route.id() + " has the etag " + route.etag() + ", not " + spec.routeEtag() + "; read it again",
                    List.of(route.id().name()));
        }
        if (!(spec.rampPerSecond() >= 0 && spec.rampPerSecond() <= 1)) {
            throw PlanRefused.field("ramp_per_second", "expected a share from 0 to 1, found " + spec.rampPerSecond());
        }
        Duration expiry = spec.expireAfter();
        if (expiry != null && (expiry.isNegative() || expiry.isZero())) {
            throw PlanRefused.field("expire_after", "expected more than 0 s");
        }
        if (spec.mode() == RouteMode.AUTO) {
            if (!spec.weights().isEmpty()) {
                throw PlanRefused.field("weights", "an AUTO route has none");
            }
            return;
        }
        double sum = 0;
        Set<SiteId> seen = new HashSet<>();
        for (SiteWeight w : spec.weights()) {
            if (!lattice.sites().containsKey(w.site())) {
                throw PlanRefused.notFound("site", w.site().name());
            }
            if (!(w.weight() >= 0 && w.weight() <= 1)) {
                throw PlanRefused.field("weights", w.site() + " has " + w.weight() + ", expected 0 to 1");
            }
            if (!seen.add(w.site())) {
                throw PlanRefused.field("weights", w.site() + " is named twice");
            }
            sum += w.weight();
        }
        if (Math.abs(sum - 1) > 0.001) {
            throw PlanRefused.field("weights", "expected a sum of 1, found " + sum);
        }
    }

    /// Moves the route's load; the share of a site without ready capacity, or behind a cut path, passes on in
    /// proportion. Returns the share
    /// that changes its site.
    private static double move(Forecast f, LoadView load, OperationSpec.Reroute spec, List<String> notes) {
        var region = spec.route().region();
        var model = spec.route().model();
        Map<SiteId, Double> before = f.demand(region, model);
        double total = before.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<SiteId, Double> share = new TreeMap<>();
        double eligible = 0;
        for (SiteWeight w : spec.weights()) {
            boolean reached = f.reach.reaches(region, w.site());
            if (f.cell(w.site(), model).capacity > 0 && reached) {
                share.merge(w.site(), w.weight(), Double::sum);
                eligible += w.weight();
            } else if (w.weight() > 0) {
                String why = reached
                        ? w.site().code() + " has no ready " + model.code()
                        : "The path to " + w.site().code() + " is cut";
                notes.add(why + ": its share passes on in proportion.");
            }
        }
        double of = eligible;
        before.forEach((site, rate) -> f.cell(site, model).take(region, -rate));
        share.forEach((site, weight) -> f.cell(site, model).take(region, total * weight / of));
        if (eligible <= 0) {
            f.leaveUnserved(model, total);
        }
        Map<SiteId, Double> change = new TreeMap<>(share);
        Shares.now(f.lattice, load, spec.route()).forEach(w -> change.merge(w.site(), -w.weight(), Double::sum));
        return Math.min(1, change.values().stream().mapToDouble(Math::abs).sum() / 2);
    }

    /// The caches at sites that lose load, in the proportion that they lose.
    private static double cache(Forecast f, LoadView load) {
        double tokens = 0;
        for (var model : f.models) {
            for (Cell c : f.cells(model)) {
                if (c.load() < c.loadBefore) {
                    List<NodeId> there = f.lattice.nodes().keySet().stream()
                            .filter(n -> n.site().equals(c.site)
                                    && f.lattice.replicasOf(n).stream()
                                            .anyMatch(r -> r.model().equals(model)))
                            .toList();
                    tokens += Figures.cachedTokens(f.lattice, load, there) * (1 - c.load() / c.loadBefore);
                }
            }
        }
        return Math.round(tokens);
    }
}
