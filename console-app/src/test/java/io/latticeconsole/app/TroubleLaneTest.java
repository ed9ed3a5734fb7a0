package io.latticeconsole.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.drill.DrillLattice;
import io.latticeconsole.drill.DrillOptions;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.telemetry.Subscription;
import io.latticeconsole.wire.LatticeConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Troubles follow the state by themselves, and whoever subscribed is called.
@Timeout(60)
class TroubleLaneTest {
    @Test
    void aNodeThatDiesIsATroubleAndAClearedFaultIsNone() throws Exception {
        try (DrillLattice drill = DrillLattice.start(new DrillOptions(12, 1, 50, null, "127.0.0.1", 0));
                LatticeStore store = LatticeStore.start();
                var lane = Executors.newSingleThreadScheduledExecutor();
                TroubleLane troubles = new TroubleLane(store, lane, InstantSource.system());
                LatticeConnection connection = LatticeConnection.open(drill.addresses(), "m.okafor", store)) {
            CompletableFuture<NodeId> known = new CompletableFuture<>();
            try (Subscription _ = store.subscribe(s ->
                    s.lattice().nodes().keySet().stream().sorted().findFirst().ifPresent(known::complete))) {
                NodeId node = known.get(30, TimeUnit.SECONDS);
                CompletableFuture<Integer> raised = new CompletableFuture<>();
                CompletableFuture<Integer> gone = new CompletableFuture<>();
                try (Subscription _ = troubles.subscribe(() -> {
                    int priority = troubles.troubles().priority(node);
                    if (priority == 1) {
                        raised.complete(priority);
                    } else if (raised.isDone()) {
                        gone.complete(priority);
                    }
                })) {
                    var fault = connection
                            .orders()
                            .inject(new FaultSpec(FaultKind.NODE_CRASH, List.of(node), 0, 0, 0, 0, ""))
                            .get(30, TimeUnit.SECONDS);
                    assertEquals(1, raised.get(30, TimeUnit.SECONDS));
                    var _ = connection.orders().clear(fault.name()).get(30, TimeUnit.SECONDS);
                    assertTrue(gone.get(30, TimeUnit.SECONDS) != 1);
                }
            }
            assertEquals(0, troubles.failures());
        }
    }
}
