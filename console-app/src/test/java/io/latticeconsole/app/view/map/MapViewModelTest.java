package io.latticeconsole.app.view.map;

import static io.latticeconsole.app.view.fixture.SmallLattice.ADDRESS;
import static io.latticeconsole.app.view.fixture.SmallLattice.AMS;
import static io.latticeconsole.app.view.fixture.SmallLattice.CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.EU_CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.view.fixture.Orders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.app.view.map.scene.Comet;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverId;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.telemetry.FlowSample;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.telemetry.SampleLane;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MapViewModelTest {
    private final SampleLane lane = SampleLane.start();
    private final MapViewModel model = new MapViewModel();

    @BeforeEach
    void values() throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        lane.store().subscribe(written::countDown);
        lane.table(ADDRESS, "epoch-1", 1, new int[] {0, 1, 2, 3, 4});
        float[][] columns = new float[Metric.COUNT][5];
        for (float[] column : columns) {
            Arrays.fill(column, Float.NaN);
        }
        Arrays.fill(columns[Metric.UTILIZATION.column()], 0.6f);
        Arrays.fill(columns[Metric.TEMPERATURE_CELSIUS.column()], 82f);
        List<FlowSample> flows = List.of(
                new FlowSample(EU_CHAT, PAR, new PerSecond(80), new Millis(100), new Ratio(0)),
                new FlowSample(EU_CHAT, AMS, new PerSecond(40), new Millis(200), new Ratio(0)));
        lane.offer(
                ADDRESS,
                new SampleBatch(
                        "epoch-1",
                        NOON,
                        NOON,
                        1,
                        new int[] {0, 1, 2, 3, 4},
                        columns,
                        new float[0],
                        new float[0],
                        flows,
                        List.of(),
                        null),
                NOON,
                0);
        assertTrue(written.await(10, TimeUnit.SECONDS));
    }

    @AfterEach
    void end() {
        lane.close();
    }

    private MapFrame shown(ConsoleState state, Instant now) {
        model.update(state, lane.store(), Troubles.NONE, now);
        return model.contentProperty().get().frame();
    }

    private MapTopology topology() {
        return model.contentProperty().get().topology();
    }

    private int node(String key) {
        return topology().indexOf(topology().anchor(key).orElseThrow());
    }

    @Test
    void objectsValuesAndBandsArriveAtTheirNodes() {
        MapFrame frame = shown(SmallLattice.state(), NOON);
        assertEquals(5, topology().nodeCount());
        assertEquals(
                "PAR-1", topology().site(topology().siteOf(node(PAR_N2.name()))).code());
        assertEquals("chat-8b · vision-2b", frame.detail(node(PAR_N2.name())));
        int n = node(PAR_N2.name());
        assertEquals(0.6f, frame.value(n, Mark.UTILIZATION.index()));
        assertEquals(0.5f, frame.deviation(n, Mark.UTILIZATION.index()), 1e-5);
        assertTrue(
                frame.deviation(n, Mark.TEMPERATURE.index()) > 1,
                "82 °C is above the 45 to 70 that the gateway expects");
        assertTrue(Float.isNaN(frame.deviation(n, Mark.POWER.index())), "no reading stays no reading");
    }

    @Test
    void aNodeIsToldWithItsAccelerators() {
        MapFrame frame = shown(SmallLattice.state(), NOON);
        int anchor = topology().anchor(PAR_N2.name()).orElseThrow();
        String told = ObjectText.describe(topology(), frame, anchor, new PlainWords());
        assertTrue(told.startsWith("PAR-1 n2, up, 2 accelerators, "), told);
    }

    @Test
    void flowsBecomeLinksFromTheIngress() {
        MapFrame frame = shown(SmallLattice.state(), NOON);
        assertEquals(2, topology().linkCount());
        double total = frame.linkRate(0) + frame.linkRate(1);
        assertEquals(120, total, 1e-3);
        assertTrue(topology().isRegion(topology().linkFrom(0))
                && topology().isSite(topology().linkTo(0)));
    }

    @Test
    void aTopologyThatDidNotChangeIsTheSameObject() {
        ConsoleState state = SmallLattice.state();
        shown(state, NOON);
        MapTopology first = topology();
        shown(state, NOON.plusSeconds(1));
        assertSame(first, topology());
        shown(SmallLattice.with(state, SmallLattice.node(PAR_N2, 1, AdminState.DRAINED, Health.DOWN, "gone")), NOON);
        assertSame(first, topology());
        shown(SmallLattice.with(state, SmallLattice.replica(PAR_N2, SmallLattice.CHAT, "v2")), NOON);
        assertSame(first, topology(), "what runs on a node changes nothing about where things are");
        shown(SmallLattice.with(state, SmallLattice.node(PAR_N2, 1, AdminState.DRAINED, Health.DOWN, "gone")), NOON);
        int n = node(PAR_N2.name());
        assertEquals(Health.DOWN, model.contentProperty().get().frame().health(n));
        assertEquals(AdminState.DRAINED, model.contentProperty().get().frame().admin(n));
    }

    @Test
    void oldReadingsAreStaleAndALostGatewayMakesItsNodesUnreachable() {
        ConsoleState state = SmallLattice.state();
        int n = 0;
        assertEquals(Freshness.FRESH, shown(state, NOON.plusSeconds(2)).freshness(n));
        assertEquals(Freshness.STALE, shown(state, NOON.plusSeconds(4)).freshness(n));
        ConsoleState lost = with(state, SmallLattice.endpoint(LinkState.LOST, NOON, 0));
        MapFrame frame = shown(lost, NOON.plusSeconds(4));
        assertEquals(Freshness.UNREACHABLE, frame.freshness(n));
        assertEquals(Health.UP, frame.health(n));
    }

    private static ConsoleState with(ConsoleState s, EndpointState endpoint) {
        return new ConsoleState(
                s.lattice(),
                s.endpoints().plus(ADDRESS, endpoint),
                s.gatewayAddresses(),
                s.operations(),
                s.failovers(),
                s.arms(),
                s.faults(),
                s.events(),
                s.nodes(),
                s.version() + 1,
                s.topologyVersion());
    }

    @Test
    void armedTargetsAreMarked() {
        ConsoleState armed =
                Orders.with(SmallLattice.state(), new Arm("h1", List.of(PAR), "m.okafor", NOON.plusSeconds(30)));
        MapFrame frame = shown(armed, NOON);
        assertTrue(frame.armed(node(PAR_N2.name())), "a site's nodes are armed with it");
        assertFalse(frame.armed(node(AMS.name() + "/nodes/n1")));
    }

    @Test
    void aDrainSendsACometForEightSeconds() {
        OperationSpec.Drain drain = new OperationSpec.Drain(List.of(PAR_N2), null, DeadlinePolicy.EXTEND);
        Operation operation = Orders.operation(Orders.plan(drain, PAR_N2), OperationState.RUNNING, 12);
        ConsoleState state = Orders.with(SmallLattice.state(), operation);
        List<Comet> comets = shown(state, NOON).comets();
        Comet gained =
                comets.stream().filter(c -> c.deltaPerSecond() > 0).findFirst().orElseThrow();
        assertEquals(120, gained.deltaPerSecond());
        assertEquals(topology().anchor(PAR.name()).orElseThrow(), gained.from());
        assertEquals(topology().anchor(AMS.name()).orElseThrow(), gained.to());
        assertTrue(comets.stream().anyMatch(c -> c.deltaPerSecond() == -120), "the way that load left");
        assertEquals(3, shown(state, NOON.plusSeconds(3)).comets().getFirst().ageSeconds());
        assertTrue(shown(state, NOON.plusSeconds(9)).comets().isEmpty());
    }

    private static SiteEffect effect(SiteId site, double before, double after) {
        return new SiteEffect(
                site,
                CHAT,
                new PerSecond(before),
                new PerSecond(after),
                Millis.NONE,
                Millis.NONE,
                Ratio.NONE,
                Ratio.NONE,
                Watts.NONE,
                Millis.NONE,
                Millis.NONE);
    }

    private static ConsoleState failingOver(List<SiteEffect> measured) {
        return SmallLattice.withFailover(
                SmallLattice.state(),
                new Failover(
                        new FailoverId("regions/eu/failovers/fo-1"),
                        PAR_N2,
                        "connection broken",
                        NOON,
                        FailoverPhase.REROUTE,
                        Map.of(FailoverPhase.DETECT, NOON, FailoverPhase.DECIDE, NOON),
                        6,
                        0,
                        6,
                        0,
                        measured,
                        List.of(),
                        List.of(effect(PAR, 40, 10), effect(AMS, 20, 50))));
    }

    @Test
    void aFailoverSendsItsCometsWithTheDecisionAndTheirNumbersBecomeTheMeasuredOnes() {
        List<Comet> expected = shown(failingOver(List.of()), NOON).comets();
        assertEquals(
                List.of(-30.0, 30.0),
                expected.stream().map(Comet::deltaPerSecond).sorted().toList());
        List<Comet> measured = shown(failingOver(List.of(effect(AMS, 20, 46))), NOON.plusSeconds(5))
                .comets();
        assertEquals(List.of(26.0), measured.stream().map(Comet::deltaPerSecond).toList());
        assertEquals(5, measured.getFirst().ageSeconds(), "they fly on, and do not begin anew");
    }
}
