package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.drill.DrillLattice;
import io.latticeconsole.drill.DrillOptions;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A redeploy as the console orders it of a drill lattice, whose clock is made to run fast.
@Timeout(120)
class CanaryOverTheWireTest {
    private static final int SECONDS = 30;
    private static final int NODES = 24;
    private static final ModelId VISION = new ModelId("models/vision-2b");

    @Test
    void aVersionThatFailsOnceInTenIsRolledBackAndTheOperatorReadsWhy() throws Exception {
        var options = new DrillOptions(NODES, 5, Double.NaN, null, "127.0.0.1", 0);
        try (DrillLattice drill = DrillLattice.start(options);
                LatticeStore store = LatticeStore.start();
                LatticeConnection connection = LatticeConnection.open(drill.addresses(), "ana", store)) {
            StoreWatch.await(
                    store,
                    s -> s.lattice().nodes().size() == NODES
                            && s.endpoints().values().stream().allMatch(e -> e.link() == LinkState.LIVE));
            LatticeOrders orders = connection.orders();
            var fault = new FaultSpec(FaultKind.BAD_MODEL_VERSION, List.of(VISION), 0.1, 0, 0, 0, "v2");
            orders.inject(fault).get(SECONDS, TimeUnit.SECONDS);
            var spec = new OperationSpec.Redeploy(VISION, "v2", List.of(), 0.2, Duration.ofSeconds(5), 0.02, 4, 2);
            Plan plan = orders.plan(spec).get(SECONDS, TimeUnit.SECONDS);
            var armed = orders.arm(plan.hash()).get(SECONDS, TimeUnit.SECONDS);
            Operation started =
                    orders.start(armed, "test", plan.addsViolation()).get(SECONDS, TimeUnit.SECONDS);
            orders.setClock(false, 20).get(SECONDS, TimeUnit.SECONDS);
            Operation op = Objects.requireNonNull(StoreWatch.await(store, s -> {
                        Operation now = s.operations().get(started.id());
                        return now != null && now.state().isFinal();
                    })
                    .operations()
                    .get(started.id()));
            assertEquals(OperationState.ROLLED_BACK, op.state(), op.toString());
            assertEquals("GATE_FAILED", op.failureReason());
            assertTrue(
                    op.message().matches("canary \\d+\\.\\d % errors of \\d+ requests.*, limit 2\\.0 %")
                            || op.message().startsWith("a real inference on "),
                    op.message());
        }
    }
}
