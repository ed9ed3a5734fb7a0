package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.drill.bench.WorkloadFacts;
import io.latticeconsole.drill.bench.WorkloadNames;
import io.latticeconsole.drill.bench.WorkloadServer;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import io.latticeconsole.telemetry.Metric;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkloadConnectionTest {
    @Test
    void aThousandNodesAndTheirValuesArriveWhereTheyBelong() throws Exception {
        try (WorkloadServer server = WorkloadServer.start(1_000, Duration.ofMillis(50));
                LatticeStore store = LatticeStore.start();
                LatticeConnection _ = LatticeConnection.open(List.of(server.address()), "ana", store)) {
            ConsoleState state = StoreWatch.await(
                    store,
                    s -> s.lattice().nodes().size() == 1_000
                            && s.endpoints().values().stream().allMatch(e -> e.link() == LinkState.LIVE));
            assertEquals(3_000, state.lattice().paths().size());
            assertEquals(20, state.lattice().sites().size());
            assertTrue(state.isReachable(WorkloadNames.REGION));
            StoreWatch.awaitSamples(store.samples(), samples -> samples.counts().rows() >= 3_000);
            assertEquals(1_000, store.samples().size());
            assertEveryNodeHasItsValues(store, state);
            assertEquals(0, store.failures());
        }
    }

    private static void assertEveryNodeHasItsValues(LatticeStore store, ConsoleState state) {
        for (Node node : state.lattice().nodes().values()) {
            int place = state.nodes().index(node.id());
            int number = WorkloadNames.number(node.id());
            float power = store.samples().latest(place, Metric.POWER_WATTS);
            boolean known = false;
            for (int t = 0; t < WorkloadFacts.STEPS; t++) {
                known |= power == WorkloadFacts.value(Metric.POWER_WATTS, t, number);
            }
            assertTrue(known, node.id() + " shows " + power);
        }
    }

    @Test
    void aRefusalComesBackAsOne() throws Exception {
        try (WorkloadServer server = WorkloadServer.start(100, Duration.ofMillis(50));
                LatticeStore store = LatticeStore.start();
                LatticeConnection connection = LatticeConnection.open(List.of(server.address()), "ana", store)) {
            StoreWatch.await(store, s -> s.lattice().nodes().size() == 100);
            var plan = connection.orders().plan(new OperationSpec.Restore(List.of(), null));
            ExecutionException e = assertThrows(ExecutionException.class, () -> plan.get(10, TimeUnit.SECONDS));
            OrderRefused refused = assertInstanceOf(OrderRefused.class, e.getCause());
            assertEquals("FAILED_PRECONDITION", refused.code());
            assertEquals("NO_OPERATIONS", refused.reason());
        }
    }
}
