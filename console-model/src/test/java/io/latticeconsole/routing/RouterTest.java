package io.latticeconsole.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.ObjectiveMetric;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RouterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_000 * SECOND;

    /// Two models on rows spread over so many sites, the first third of which are the ingress's own region.
    private static RouterView view(int sites, int rowsPerSite) {
        int[] level = new int[sites];
        double[] rtt = new double[sites];
        for (int s = 0; s < sites; s++) {
            level[s] = 3 * s / sites;
            rtt[s] = 1 + 5.0 * s + 60 * level[s];
        }
        RouterView view = new RouterView(
                new ObjectiveMetric[] {ObjectiveMetric.TTFT, ObjectiveMetric.E2E},
                new double[] {600, 1500},
                level,
                rtt);
        for (int i = 0; i < sites * rowsPerSite; i++) {
            int row = view.addRow(i % 2, i % sites);
            view.ready[row] = true;
            view.prefillBase[row] = 3;
            view.prefillPerToken[row] = 0.08;
            view.itlBase[row] = 15;
            view.itlPerSequence[row] = 0.1;
            view.maxBatch[row] = 32;
            view.capacity[row] = 10;
            view.readySince[row] = -100 * SECOND;
            view.report(row, NOW, 0, 0, 1);
        }
        view.rebuild();
        return view;
    }

    private static RouteRequest request(int model, long random) {
        RouteRequest request = new RouteRequest();
        request.model = model;
        request.contextTokens = 500;
        request.cachedTokens = 350;
        request.expectedTokens = 20;
        request.mostTokens = 60;
        request.millisLeft = 30_000;
        request.random = random;
        return request;
    }

    /// Reports count requests as they were at some moment since the report before; their answers may have come since.
    @Test
    void aReplicaWithRoomIsNeverTakenForFullHoweverOldItsReports() {
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            RouterView view = view(1, 1);
            view.maxBatch[0] = 8;
            int limit = 40;
            int own = 0;
            int counted = 0;
            for (int step = 0; step < 2_000; step++) {
                if (random.nextBoolean() && own < limit) {
                    view.sends(0);
                    own++;
                } else if (own > 0) {
                    view.answers(0);
                    view.leaves(0);
                    own--;
                }
                if (random.nextInt(20) == 0) {
                    counted = own;
                }
                if (random.nextInt(50) == 0) {
                    view.report(0, NOW, 0, counted, 1);
                    counted = own;
                }
                assertEquals(own < limit, view.eligible(0, NOW), own + " under way");
            }
        }
    }

    @Test
    void aReplicaThatOthersFilledIsFull() {
        RouterView view = view(1, 1);
        view.maxBatch[0] = 8;
        view.report(0, NOW, 0, 39, 1);
        assertTrue(view.eligible(0, NOW));
        view.sends(0);
        assertFalse(view.eligible(0, NOW));
        view.answers(0);
        view.leaves(0);
        assertTrue(view.eligible(0, NOW));
    }

    @Test
    void neverPicksWhatIsNotEligible() {
        Random random = new Random(5);
        RouteChoice choice = new RouteChoice();
        int chosen = 0;
        for (int run = 0; run < 400; run++) {
            RouterView view = view(3 + random.nextInt(12), 2 + random.nextInt(6));
            spoil(view, random);
            view.rebuild();
            for (RoutingPolicy policy : RoutingPolicy.values()) {
                Router router = new Router(policy);
                for (int i = 0; i < 10; i++) {
                    RouteRequest request = request(random.nextInt(2), random.nextLong());
                    router.route(request, view, NOW, choice);
                    assertSound(view, request, choice);
                    chosen += choice.found() ? 1 : 0;
                }
            }
        }
        assertTrue(chosen > 10_000, "choices made: " + chosen);
    }

    private static void spoil(RouterView view, Random random) {
        for (int row = 0; row < view.size(); row++) {
            switch (random.nextInt(8)) {
                case 0 -> view.ready[row] = false;
                case 1 -> view.admission[row] = 0;
                case 2 -> view.ejectedUntil[row] = NOW + SECOND;
                case 3 -> view.report(row, NOW, 20_000, 10, 1);
                case 4 -> view.report(row, NOW, 100, 400, 1);
                default -> view.report(row, NOW, random.nextInt(500), random.nextInt(40), 1 + random.nextDouble());
            }
        }
        view.siteRtt[random.nextInt(view.sites)] = Double.POSITIVE_INFINITY;
    }

    private static void assertSound(RouterView view, RouteRequest request, RouteChoice choice) {
        if (choice.found()) {
            assertTrue(view.eligible(choice.row, NOW), "row " + choice.row + " is eligible");
            assertEquals(request.model, view.model[choice.row]);
        }
        boolean any = false;
        for (int row = 0; row < view.size(); row++) {
            any |= view.model[row] == request.model && view.eligible(row, NOW);
        }
        assertEquals(any, choice.found(), "something is chosen if and only if something is eligible");
    }

    @Test
    void theSameRequestViewAndTimeGiveTheSameChoice() {
        RouterView view = view(9, 4);
        RouteChoice a = new RouteChoice();
        RouteChoice b = new RouteChoice();
        for (long i = 0; i < 200; i++) {
            new Router(RoutingPolicy.LATTICE).route(request(0, i * 77), view, NOW, a);
            new Router(RoutingPolicy.LATTICE).route(request(0, i * 77), view, NOW, b);
            assertTrue(a.found());
            assertEquals(a.row, b.row);
        }
    }

    @Test
    void weightsDecideTheSiteAndAMissingSitePassesItsShareOn() {
        RouterView view = view(6, 4);
        view.weights[0] = new double[] {0.5, 0, 0.3, 0, 0.2, 0};
        int[] counts = draw(view, 20_000);
        assertEquals(0.5, counts[0] / 20_000.0, 0.02);
        assertEquals(0.3, counts[2] / 20_000.0, 0.02);
        assertEquals(0.2, counts[4] / 20_000.0, 0.02);
        for (int row = 0; row < view.size(); row++) {
            view.ready[row] &= view.site[row] != 0;
        }
        view.rebuild();
        counts = draw(view, 20_000);
        assertEquals(0.6, counts[2] / 20_000.0, 0.02);
        assertEquals(0.4, counts[4] / 20_000.0, 0.02);
    }

    private static int[] draw(RouterView view, int n) {
        Router router = new Router(RoutingPolicy.LATTICE);
        RouteChoice choice = new RouteChoice();
        Random random = new Random(3);
        int[] counts = new int[view.sites];
        for (int i = 0; i < n; i++) {
            router.route(request(0, random.nextLong()), view, NOW, choice);
            counts[view.site[choice.row]]++;
        }
        return counts;
    }

    @Test
    void reducedAdmissionAndSlowStartTakeTheirShare() {
        RouterView view = view(3, 16);
        double whole = share(view, 0);
        view.admission[0] = 0.3;
        view.rebuild();
        assertEquals(0.3 * whole, share(view, 0), 0.12 * whole);
        view.admission[0] = 1;
        view.readySince[0] = NOW - 4 * SECOND;
        view.rebuild();
        assertEquals(0.46 * whole, share(view, 0), 0.12 * whole);
    }

    private static double share(RouterView view, int row) {
        Router router = new Router(RoutingPolicy.LATTICE);
        RouteChoice choice = new RouteChoice();
        Random random = new Random(8);
        int hits = 0;
        for (int i = 0; i < 100_000; i++) {
            router.route(request(0, random.nextLong()), view, NOW, choice);
            hits += choice.row == row ? 1 : 0;
        }
        return hits / 100_000.0;
    }

    @Test
    void staysInItsRegionUntilThereIsWorkPendingOrTooFewAreHealthy() {
        RouterView view = view(9, 6);
        int[] counts = draw(view, 2_000);
        assertEquals(2_000, counts[0] + counts[1] + counts[2]);
        for (int row = 0; row < view.size(); row++) {
            if (view.siteLevel[view.site[row]] == 0) {
                view.report(row, NOW, 2_000, 30, 1);
            }
        }
        counts = draw(view, 2_000);
        assertTrue(counts[0] + counts[1] + counts[2] < 100, "busy locally: goes to the next region");
        RouterView half = view(9, 6);
        for (int row = 0; row < half.size(); row++) {
            half.ready[row] &= half.siteLevel[half.site[row]] > 0 || half.site[row] == 0;
        }
        half.rebuild();
        counts = draw(half, 20_000);
        assertEquals(1.4 / 3, counts[0] / 20_000.0, 0.03, "a third healthy × 1.4 stays");
    }

    @Test
    void theWarmReplicaIsPreferredAndTheReasonsSaySo() {
        RouterView view = view(3, 8);
        RouteRequest request = request(0, 99);
        RouteChoice choice = new RouteChoice();
        request.warmRow = 6;
        new Router(RoutingPolicy.LATTICE).route(request, view, NOW, choice);
        assertEquals(6, choice.row);
        RouteReason warm = RouteCost.explain(request, view, 6, NOW);
        RouteReason cold = RouteCost.explain(request, view, 12, NOW);
        assertTrue(warm.warmCache());
        assertTrue(warm.prefillMs() < cold.prefillMs());
        assertTrue(warm.cost() < cold.cost());
        assertEquals(warm.ttftMs(), warm.roundTripMs() + warm.queueMs() + warm.prefillMs(), 1e-9);
        request.avoidRow = 6;
        new Router(RoutingPolicy.LATTICE).route(request, view, NOW, choice);
        assertNotEquals(6, choice.row);
    }
}
