package io.latticeconsole.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.Placement;
import io.latticeconsole.operation.SiteEffect;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Predicted latencies: of what each model promises, and over the network as it is measured.
class PredictionTest {
    private static final ModelId CHAT = new ModelId("models/chat-8b");

    private static List<Violation> objectives(Plan plan) {
        return plan.violations().stream()
                .filter(v -> v.kind() == ViolationKind.OBJECTIVE)
                .toList();
    }

    @Test
    void everyPromiseIsJudgedByItsOwnMetric() {
        Set<ObjectiveMetric> named = EnumSet.noneOf(ObjectiveMetric.class);
        for (int seed = 0; seed < 12; seed++) {
            Scene s = Scene.of(48, 0.6).observing(0.95);
            for (Violation v : objectives(s.drain(s.some(12, seed)))) {
                named.add(ObjectiveMetric.valueOf(v.description().split(" ", 2)[0]));
                assertFalse(v.presentBefore(), v.description());
            }
        }
        assertEquals(EnumSet.allOf(ObjectiveMetric.class), named);
    }

    @Test
    void whatNobodyMeasuresBreaksNoPromiseOfTokensOrAnswers() {
        for (int seed = 0; seed < 12; seed++) {
            Scene s = Scene.of(48, 0.6).observing(Double.NaN);
            for (Violation v : objectives(s.drain(s.some(12, seed)))) {
                assertTrue(v.description().startsWith("TTFT"), v.description());
            }
        }
    }

    @Test
    void aPromiseThatIsBrokenNowIsNotThePlansDoing() {
        Scene s = Scene.of(48, 0.5).observing(1.2);
        Plan plan = s.drain(s.some(6, 3));
        assertFalse(objectives(plan).isEmpty());
        objectives(plan).forEach(v -> assertTrue(v.presentBefore(), v.description()));
    }

    @Test
    void moreLoadIsNeverFaster() {
        Scene s = Scene.of(48, 0.4).observing(0.7);
        var f = new Forecast(
                s.lattice(), s.load(), new TreeSet<>(s.lattice().models().keySet()), List.of());
        for (ModelId id : f.models) {
            Model model = java.util.Objects.requireNonNull(s.lattice().models().get(id));
            for (Cell cell : f.cells(id)) {
                double last = 0;
                RegionId own = cell.site.region();
                for (int i = 0; i < 30 && cell.capacity > 0; i++) {
                    double now = cell.latencies.objectiveAfter(model, f.reach);
                    assertTrue(now >= last - 1e-9, id + " at " + cell.site + ": " + now + " after " + last);
                    last = now;
                    cell.take(own, 0.05 * cell.capacity);
                }
            }
        }
    }

    @Test
    void lossOnlyAddsTime() {
        assertEquals(0, Reach.lossMillis(0));
        assertEquals(0, Reach.lossMillis(0.01));
        assertEquals(200, Reach.lossMillis(0.1));
        double last = 0;
        for (double p = 0; p <= 1; p += 0.01) {
            assertTrue(Reach.lossMillis(p) >= last);
            last = Reach.lossMillis(p);
        }
    }

    @Test
    void nothingMovesOverACutPath() {
        Random random = new Random(5);
        double arrived = 0;
        for (int seed = 0; seed < 40; seed++) {
            Scene s = Scene.of(48, 0.3 + 0.01 * seed);
            List<RegionId> regions =
                    List.copyOf(new TreeSet<>(s.lattice().regions().keySet()));
            for (SiteId site : new TreeSet<>(s.lattice().sites().keySet())) {
                if (random.nextInt(3) == 0) {
                    RegionId from = random.nextBoolean() ? site.region() : regions.get(random.nextInt(regions.size()));
                    s = s.with(Scene.path(s.lattice(), from, site, 20, 0, true));
                }
            }
            List<NodeId> nodes = s.some(1 + seed % 8, seed);
            var f = new Forecast(s.lattice(), s.load(), Targets.models(s.lattice(), nodes), List.of());
            nodes.forEach(f::remove);
            f.spread();
            for (ModelId model : f.models) {
                double load = f.unserved(model);
                for (Cell c : f.cells(model)) {
                    load += c.load();
                    for (RegionId region : c.from.keySet()) {
                        double more = c.from.getOrDefault(region, 0.0) - c.fromBefore.getOrDefault(region, 0.0);
                        assertTrue(f.reach.reaches(region, c.site) || more <= 1e-9, region + " to " + c.site);
                        arrived += Math.max(0, more);
                    }
                }
                assertEquals(f.offered(model), load, 1e-6 * (1 + load), "conserved, seed " + seed);
            }
            for (Placement p : s.drain(nodes).placements()) {
                assertTrue(
                        nodes.stream()
                                .anyMatch(n -> new Reach(f.lattice)
                                        .reaches(n.region(), p.node().site())),
                        p.toString());
            }
        }
        assertTrue(arrived > 10, "something moved at all: " + arrived);
    }

    private static Plan reroute(Scene s, RouteId route, SiteId... to) {
        List<SiteWeight> weights = java.util.Arrays.stream(to)
                .map(site -> new SiteWeight(site, 1.0 / to.length))
                .toList();
        var spec = new OperationSpec.Reroute(route, "", RouteMode.WEIGHTED, weights, 0, null, false);
        return Planner.plan(s.lattice(), s.load(), spec, List.of());
    }

    private static double after(Plan plan, SiteId site) {
        return plan.effects().stream()
                .filter(e -> e.site().equals(site))
                .mapToDouble(e -> e.ttftP95After().value())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSlowOrLossyPathIsPredictedSlowAndACutOneTakesNothing() {
        Scene plain = Scene.of(48, 0.3).observing(0.3);
        RouteId route = plain.load().flows().keySet().stream()
                .filter(r -> r.model().equals(CHAT))
                .min((a, b) -> a.name().compareTo(b.name()))
                .orElseThrow();
        Scene s = plain.with(new Route(route, RouteMode.AUTO, List.of(), "1"));
        var f = new Forecast(s.lattice(), s.load(), Set.of(CHAT), List.of());
        List<SiteId> others = f.cells(CHAT).stream()
                .filter(c -> c.capacity > 0 && !c.site.region().equals(route.region()))
                .map(c -> c.site)
                .toList();
        SiteId far = others.getFirst();
        SiteId other = others.getLast();
        double fair =
                after(reroute(s.with(Scene.path(s.lattice(), route.region(), far, 50, 0, false)), route, far), far);
        double slow =
                after(reroute(s.with(Scene.path(s.lattice(), route.region(), far, 350, 0, false)), route, far), far);
        double lossy =
                after(reroute(s.with(Scene.path(s.lattice(), route.region(), far, 50, 0.1, false)), route, far), far);
        assertEquals(300, slow - fair, 1e-6);
        assertEquals(200, lossy - fair, 1e-6);
        Plan cut = reroute(s.with(Scene.path(s.lattice(), route.region(), far, 50, 0, true)), route, far, other);
        assertTrue(
                cut.effects().stream().noneMatch(e -> e.site().equals(far)),
                cut.effects().toString());
        assertTrue(
                cut.notes().stream().anyMatch(n -> n.contains("is cut")),
                cut.notes().toString());
        double moved = cut.effects().stream()
                .filter(e -> e.site().equals(other))
                .mapToDouble(SiteEffect::change)
                .sum();
        assertTrue(moved > 0, "its share passes on");
        Plan nowhere = reroute(s.with(Scene.path(s.lattice(), route.region(), far, 50, 0, true)), route, far);
        assertTrue(nowhere.violations().stream().anyMatch(v -> v.kind() == ViolationKind.HEADROOM));
    }
}
