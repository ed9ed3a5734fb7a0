package io.latticeconsole.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Bands;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.GeoPoint;
import io.latticeconsole.lattice.HardLimits;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeEvent;
import io.latticeconsole.lattice.LatticeReducer;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Model;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Objective;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.lattice.Region;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.Tier;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TroubleWatchTest {
    private static final RegionId EU = new RegionId("regions/eu");
    private static final SiteId PAR = new SiteId("regions/eu/sites/par-1");
    private static final ModelId CHAT = new ModelId("models/chat-8b");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final TroubleWatch watch = new TroubleWatch();
    private final float[] utilization = {0.5f, 0.5f, 0.5f, 0.5f};
    private final float[] latency = {100, 100, 100, 100};
    private LatticeState lattice = LatticeState.EMPTY;
    private Map<ModelId, Millis> objectives = Map.of();
    private Set<RegionId> unreachable = Set.of();
    private int second;

    private final NodeReadings readings = new NodeReadings() {
        @Override
        public float value(int node, Metric metric) {
            return switch (metric) {
                case UTILIZATION -> utilization[node];
                case LATENCY_MS -> latency[node];
                case TEMPERATURE_CELSIUS -> 60;
                default -> Float.NaN;
            };
        }

        @Override
        public float expectedLow(int node, int band) {
            return band == 0 ? 0.4f : Float.NaN;
        }

        @Override
        public float expectedHigh(int node, int band) {
            return band == 0 ? 0.6f : Float.NaN;
        }
    };

    TroubleWatchTest() {
        change(new LatticeEvent.ObjectChanged(
                new Region(EU, "Europe", new GeoPoint(50, 8), new GatewayId("gateways/eu"), "r")));
        for (int i = 1; i <= 4; i++) {
            node(i, Health.UP, AdminState.SERVING, true);
        }
        change(new LatticeEvent.ObjectChanged(new Model(
                CHAT,
                "chat-8b",
                "v1",
                List.of("v1"),
                new Objective(ObjectiveMetric.TTFT, new Millis(500)),
                16e9,
                0.8,
                Set.of(Tier.METRO),
                20,
                "m")));
    }

    private static NodeId id(int node) {
        return new NodeId(PAR.name() + "/nodes/n" + node);
    }

    private void change(LatticeEvent event) {
        lattice = LatticeReducer.apply(lattice, event);
    }

    private void node(int i, Health health, AdminState admin, boolean acceleratorHealthy) {
        var gpu = new Accelerator(0, "L40S", 48e9, new Watts(350), acceleratorHealthy, acceleratorHealthy ? 0 : 79, "");
        change(new LatticeEvent.ObjectChanged(new Node(
                id(i),
                i - 1,
                "l40s",
                List.of(gpu),
                admin,
                health,
                "",
                START,
                "10.0.0." + i + ":7443",
                Bands.NONE,
                new HardLimits(new Celsius(90), new Watts(500), new Millis(400)),
                CHAT,
                ObjectiveMetric.TTFT,
                false,
                "e" + health + admin)));
    }

    /// The troubles after some more seconds of the same.
    private Troubles after(int seconds) {
        Troubles troubles = Troubles.NONE;
        for (int i = 0; i < seconds; i++) {
            troubles = watch.observe(
                    new Observed(lattice, List.of(id(1), id(2), id(3), id(4)), readings, objectives, unreachable),
                    START.plusSeconds(second++));
        }
        return troubles;
    }

    @Test
    void aHealthyLatticeIsQuiet() {
        assertEquals(List.of(), after(60).listed());
    }

    @Test
    void aDownNodeIsCriticalAtOnceAndForgottenAtOnce() {
        node(2, Health.DOWN, AdminState.SERVING, true);
        Troubles troubles = after(1);
        assertEquals(1, troubles.priority(id(2)));
        assertEquals(1, troubles.count(1));
        assertEquals(1, troubles.within(EU));
        node(2, Health.UP, AdminState.SERVING, true);
        assertEquals(Troubles.NONE, after(1));
    }

    @Test
    void aDrainedNodeThatGoesDownIsOnlyLow() {
        node(2, Health.DOWN, AdminState.DRAINED, true);
        assertEquals(4, after(1).priority(id(2)));
    }

    @Test
    void aLostSiteIsOneLine() {
        for (int i = 1; i <= 4; i++) {
            node(i, Health.DOWN, AdminState.SERVING, true);
        }
        Troubles troubles = after(1);
        assertEquals(1, troubles.listed().size());
        assertEquals(TroubleKind.SITE_DOWN, troubles.listed().getFirst().kind());
        assertEquals(1, troubles.priority(id(3)));
        assertEquals(1, troubles.priority(PAR));
    }

    @Test
    void aReadingMustStayOutsideItsBand() {
        utilization[0] = 0.9f;
        assertEquals(0, after(20).priority(id(1)));
        Troubles troubles = after(1);
        assertEquals(3, troubles.priority(id(1)));
        assertEquals(START, troubles.listed().getFirst().since());
        utilization[0] = 0.5f;
        assertEquals(3, after(5).priority(id(1)));
        assertEquals(0, after(1).priority(id(1)));
    }

    @Test
    void aReadingThatWaversStaysSilent() {
        Random random = new Random(7);
        for (int i = 0; i < 600; i++) {
            utilization[0] = i % 15 == 0 ? 0.5f : 0.55f + random.nextFloat();
            assertEquals(Troubles.NONE, after(1));
        }
    }

    @Test
    void nodesOutOfServiceAreNotJudgedByTheirReadings() {
        utilization[0] = 0;
        node(1, Health.UP, AdminState.DRAINED, true);
        assertEquals(Troubles.NONE, after(120));
        node(1, Health.UP, AdminState.SERVING, true);
        assertEquals(4, after(31).priority(id(1)));
    }

    @Test
    void theWorstOfSeveralWins() {
        latency[0] = 450;
        node(1, Health.UP, AdminState.SERVING, false);
        Troubles troubles = after(30);
        assertEquals(2, troubles.priority(id(1)));
        assertEquals(
                List.of(TroubleKind.ACCELERATOR_FAULT, TroubleKind.NODE_SLOW),
                troubles.of(id(1)).stream().map(Trouble::kind).toList());
    }

    @Test
    void aBrokenObjectiveIsHighAndAFarBrokenOneCritical() {
        objectives = Map.of(CHAT, new Millis(612));
        assertEquals(0, after(20).priority(CHAT));
        assertEquals(2, after(1).priority(CHAT));
        objectives = Map.of(CHAT, new Millis(1200));
        assertEquals(1, after(11).priority(CHAT));
    }

    @Test
    void whatIsUnreachableIsNotJudged() {
        node(2, Health.DOWN, AdminState.SERVING, true);
        after(1);
        unreachable = Set.of(EU);
        Troubles troubles = after(1);
        assertEquals(0, troubles.priority(id(2)));
        assertEquals(2, troubles.priority(EU));
    }

    /// Seeded: counts by priority always add up to the list, which is sorted.
    @Test
    void listsAndCountsAgree() {
        Random random = new Random(96);
        for (int step = 0; step < 2000; step++) {
            int i = 1 + random.nextInt(4);
            node(
                    i,
                    List.of(Health.values()).get(random.nextInt(3)),
                    List.of(AdminState.values()).get(random.nextInt(5)),
                    random.nextInt(8) > 0);
            utilization[i - 1] = random.nextFloat();
            latency[i - 1] = random.nextInt(500);
            Troubles troubles = after(1 + random.nextInt(4));
            List<Integer> priorities = new ArrayList<>(
                    troubles.listed().stream().map(Trouble::priority).toList());
            assertEquals(priorities.stream().sorted().toList(), priorities);
            for (int p = 1; p <= 4; p++) {
                int priority = p;
                assertEquals(priorities.stream().filter(q -> q == priority).count(), troubles.count(priority));
            }
            assertTrue(troubles.listed().stream().allMatch(t -> troubles.priority(t.subject()) <= t.priority()));
        }
    }
}
