package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Gateways share no state: one that is cut off works with what it was told before, and only with that.
final class CutNetworkTest {
    private static final int NA_EAST = 1;
    private static final int EU = 3;
    private static final NodeId THERE = new NodeId("regions/na-east/sites/nyc-1/nodes/n1");

    @Test
    void aCutOffGatewayDoesNotLearnWhatHappensElsewhereUntilItIsTold() {
        TestLattice lattice = TestLattice.aurora(1).run(5);
        Fault partition = lattice.inject(FaultKind.PARTITION, 0, new RegionId("regions/eu"));
        lattice.run(4);
        assertEquals(4, lattice.sim.gateway(EU).unreachablePeers().size());
        assertEquals(
                List.of(new GatewayId("gateways/eu")),
                lattice.sim.gateway(NA_EAST).unreachablePeers());
        lattice.inject(FaultKind.NODE_CRASH, 0, THERE);
        lattice.run(10);
        assertEquals(Health.DOWN, lattice.node(NA_EAST, THERE).health());
        assertEquals(Health.DOWN, lattice.node(2, THERE).health());
        assertEquals(Health.UP, lattice.node(EU, THERE).health(), "nobody could tell it");
        long served = lattice.sim.gateway(EU).ledger().finished();
        lattice.run(10);
        assertTrue(
                lattice.sim.gateway(EU).ledger().finished() - served > 5_000,
                "it serves its region with its own nodes");
        lattice.clear(partition);
        lattice.run(2);
        assertEquals(Health.DOWN, lattice.node(EU, THERE).health(), "now it was told");
        assertEquals(List.of(), lattice.sim.gateway(EU).unreachablePeers());
        assertTrue(lattice.ledgersBalance());
    }

    @Test
    void newsTakeAsLongAsTheNetwork() {
        TestLattice lattice = TestLattice.aurora(1).run(5);
        lattice.inject(FaultKind.NODE_CRASH, 0, THERE);
        lattice.run(0.02);
        assertEquals(Health.DOWN, lattice.node(NA_EAST, THERE).health());
        assertEquals(Health.UP, lattice.node(4, THERE).health(), "Tokyo is 90 ms away");
        lattice.run(0.3);
        assertEquals(Health.DOWN, lattice.node(4, THERE).health());
    }

    @Test
    void aGatewayWithoutControlPlaneRoutesOnWithItsLastState() {
        TestLattice lattice = TestLattice.aurora(1).run(5);
        lattice.inject(FaultKind.CONTROL_LOSS, 10, new GatewayId("gateways/eu"));
        long before = lattice.sim.gateway(EU).ledger().finished();
        lattice.run(9);
        assertTrue(lattice.sim.gateway(EU).controlLost());
        assertTrue(lattice.sim.gateway(EU).ledger().finished() - before > 5_000);
        assertEquals(
                0,
                lattice.events("NODE_DOWN").size() + lattice.events("SITE_DOWN").size());
        assertEquals(4, lattice.events("GATEWAY_UNREACHABLE").size());
        lattice.run(5);
        assertEquals(4, lattice.events("GATEWAY_REACHABLE").size());
        assertEquals(0, lattice.totals().lost());
    }
}
