package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.drill.DrillLattice;
import io.latticeconsole.drill.DrillOptions;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.store.SeenEvent;
import io.latticeconsole.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The console's client against the drill lattice, over loopback, in real time.
class DrillConnectionTest {
    private static final int SECONDS = 30;

    private static DrillLattice drill;

    @BeforeAll
    static void begin() throws Exception {
        drill = DrillLattice.start(DrillOptions.aurora(7));
    }

    @AfterAll
    static void end() {
        drill.close();
    }

    private static boolean isWhole(ConsoleState s) {
        return s.lattice().nodes().size() == DrillOptions.AURORA_NODES
                && s.endpoints().size() == 5
                && s.endpoints().values().stream().allMatch(e -> e.link() == LinkState.LIVE);
    }

    /// Every gateway's events, from its first one seen to its last, with none missing and none twice.
    private static void assertNoneMissed(ConsoleState state) {
        Map<GatewayId, List<Long>> seen = new TreeMap<>();
        for (SeenEvent e : state.events()) {
            seen.computeIfAbsent(e.gateway(), _ -> new ArrayList<>())
                    .add(e.event().seq());
        }
        seen.forEach((gateway, sequence) -> assertEquals(
                LongStream.rangeClosed(1, sequence.size()).boxed().toList(),
                sequence.stream().sorted().toList(),
                gateway.name()));
    }

    @Test
    void oneAddressShowsTheWholeLatticeWithValuesForEveryNode() throws Exception {
        try (LatticeStore store = LatticeStore.start();
                LatticeConnection _ =
                        LatticeConnection.open(List.of(drill.addresses().getLast()), "ana", store)) {
            ConsoleState state = StoreWatch.await(store, DrillConnectionTest::isWhole);
            assertEquals(24, state.lattice().sites().size());
            assertEquals(6, state.lattice().models().size());
            StoreWatch.awaitSamples(
                    store.samples(),
                    samples -> state.nodes().ids().stream()
                            .allMatch(id -> samples.latest(state.nodes().index(id), Metric.POWER_WATTS) > 0));
            StoreWatch.awaitSamples(
                    store.samples(), samples -> samples.traffic().size() == 5);
            assertTrue(store.samples().ledger().balances());
            assertEquals(0, store.samples().counts().outOfRange());
            assertTrue(state.endpoints().values().stream().allMatch(e -> e.rejectedMessages() == 0));
        }
    }

    @Test
    void aStalePlanIsRefusedAndAnUnarmedStartToo() throws Exception {
        try (LatticeStore store = LatticeStore.start();
                LatticeConnection connection = LatticeConnection.open(drill.addresses(), "ana", store)) {
            StoreWatch.await(store, DrillConnectionTest::isWhole);
            LatticeOrders orders = connection.orders();
            var wrongPlan = orders.arm("no-such-plan");
            ExecutionException e =
                    assertThrows(ExecutionException.class, () -> wrongPlan.get(SECONDS, TimeUnit.SECONDS));
            OrderRefused refused = assertInstanceOf(OrderRefused.class, e.getCause());
            assertFalse(refused.reason().isEmpty());
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        }
    }

    @Test
    void aNodeIsDrainedToDrainedAndRestored() throws Exception {
        try (LatticeStore store = LatticeStore.start();
                LatticeConnection connection = LatticeConnection.open(drill.addresses(), "ana", store)) {
            ConsoleState state = StoreWatch.await(store, DrillConnectionTest::isWhole);
            NodeId node = anyServing(state);
            LatticeOrders orders = connection.orders();
            Plan plan = orders.plan(new OperationSpec.Drain(List.of(node), null, DeadlinePolicy.EXTEND))
                    .get(SECONDS, TimeUnit.SECONDS);
            var armed = orders.arm(plan.hash()).get(SECONDS, TimeUnit.SECONDS);
            StoreWatch.await(store, s -> s.arms().containsKey(plan.hash()));
            var started = orders.start(armed, "test", plan.addsViolation()).get(SECONDS, TimeUnit.SECONDS);
            assertEquals("ana", started.operator());
            assertFalse(started.operatorVerified());
            StoreWatch.await(
                    store,
                    s -> s.operations().containsKey(started.id())
                            && Objects.requireNonNull(s.operations().get(started.id()))
                                            .phases()
                                            .size()
                                    > 1);
            orders.cancel(started.id(), "enough").get(SECONDS, TimeUnit.SECONDS);
            StoreWatch.await(
                    store,
                    s -> Objects.requireNonNull(s.operations().get(started.id()))
                                            .state()
                                    == OperationState.CANCELLED
                            && Objects.requireNonNull(s.lattice().nodes().get(node))
                                            .adminState()
                                    == AdminState.SERVING);
        }
    }

    private static NodeId anyServing(ConsoleState state) {
        return state.lattice().nodes().values().stream()
                .filter(n -> n.adminState() == AdminState.SERVING)
                .map(Node::id)
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGatewayThatIsLostComesBackAndNoEventIsMissed() throws Exception {
        try (LatticeStore store = LatticeStore.start();
                LatticeConnection connection = LatticeConnection.open(drill.addresses(), "ana", store)) {
            ConsoleState state = StoreWatch.await(store, DrillConnectionTest::isWhole);
            GatewayId lost = other(state);
            RegionId region = regionOf(state, lost);
            String address = Objects.requireNonNull(state.gatewayAddresses().get(lost));
            FaultSpec fault = new FaultSpec(FaultKind.CONTROL_LOSS, List.of(lost), 0, 0, 0, 3, "");
            connection.orders().inject(fault).get(SECONDS, TimeUnit.SECONDS);
            ConsoleState away = StoreWatch.await(store, s -> link(s, address).link() == LinkState.LOST);
            assertFalse(away.isReachable(region));
            assertFalse(link(away, address).problem().isEmpty());
            assertEquals(DrillOptions.AURORA_NODES, away.lattice().nodes().size());
            ConsoleState back = StoreWatch.await(store, s -> link(s, address).link() == LinkState.LIVE);
            assertTrue(back.isReachable(region));
            ConsoleState after = StoreWatch.await(
                    store,
                    s -> s.events().stream()
                            .anyMatch(e -> e.event().type().contains("FAULT")
                                    && e.event().type().contains("CLEAR")));
            assertNoneMissed(after);
            assertTrue(after.endpoints().values().stream().allMatch(e -> e.eventsLost() == 0));
        }
    }

    @Test
    void aCoordinatorThatWasAwayHoldsWhatWasUnderWayUntilItIsResumed() throws Exception {
        try (DrillLattice own = DrillLattice.start(new DrillOptions(24, 5, 50, null, "127.0.0.1", 0));
                LatticeStore store = LatticeStore.start();
                LatticeConnection connection = LatticeConnection.open(own.addresses(), "ana", store)) {
            ConsoleState state = StoreWatch.await(
                    store,
                    s -> s.lattice().nodes().size() == 24
                            && s.endpoints().values().stream().allMatch(e -> e.link() == LinkState.LIVE));
            LatticeOrders orders = connection.orders();
            RouteId route = state.lattice().routes().keySet().stream()
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            SiteId site = state.lattice().sites().keySet().stream()
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            Plan plan = orders.plan(new OperationSpec.Reroute(
                            route, "", RouteMode.WEIGHTED, List.of(new SiteWeight(site, 1)), 0.01, null, false))
                    .get(SECONDS, TimeUnit.SECONDS);
            var armed = orders.arm(plan.hash()).get(SECONDS, TimeUnit.SECONDS);
            var op = orders.start(armed, "test", true).get(SECONDS, TimeUnit.SECONDS);
            GatewayId coordinator = coordinator(state);
            orders.inject(new FaultSpec(FaultKind.CONTROL_LOSS, List.of(coordinator), 0, 0, 0, 3, ""))
                    .get(SECONDS, TimeUnit.SECONDS);
            String address = own.address(coordinator);
            StoreWatch.await(store, s -> link(s, address).link() == LinkState.LOST);
            ConsoleState back = StoreWatch.await(
                    store,
                    s -> link(s, address).link() == LinkState.LIVE
                            && Objects.requireNonNull(s.operations().get(op.id()))
                                            .state()
                                    == OperationState.HELD);
            String why = Objects.requireNonNull(back.operations().get(op.id())).message();
            assertTrue(why.startsWith("the coordinator was away for "), why);
            StoreWatch.await(
                    store,
                    s -> s.events().stream()
                            .anyMatch(e -> e.event().type().equals("OPERATION_HELD")
                                    && e.event().message().contains("was away")));
            orders.resume(op.id()).get(SECONDS, TimeUnit.SECONDS);
            StoreWatch.await(
                    store,
                    s -> Objects.requireNonNull(s.operations().get(op.id())).state() == OperationState.RUNNING);
        }
    }

    private static GatewayId coordinator(ConsoleState state) {
        return state.endpoints().values().stream()
                .map(EndpointState::info)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .coordinator();
    }

    private static EndpointState link(ConsoleState state, String address) {
        return Objects.requireNonNull(state.endpoints().get(address));
    }

    private static GatewayId other(ConsoleState state) {
        GatewayId coordinator = coordinator(state);
        return state.gatewayAddresses().keySet().stream()
                .filter(g -> !g.equals(coordinator))
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private static RegionId regionOf(ConsoleState state, GatewayId gateway) {
        return state.lattice().regions().values().stream()
                .filter(r -> r.gateway().equals(gateway))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
