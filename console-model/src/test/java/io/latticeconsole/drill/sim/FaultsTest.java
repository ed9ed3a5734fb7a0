package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NetworkPath;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Each fault does something that operators can see, and nothing of it stays when it is cleared.
final class FaultsTest {
    private static final int EU = 3;
    private static final NodeId NODE = new NodeId("regions/eu/sites/fra-1/nodes/n1");
    private static final PathId PATH = new PathId("regions/eu/sites/fra-1/paths/par-1");

    private final TestLattice lattice = TestLattice.aurora(1).run(5);

    private Machine machine() {
        return lattice.machine(NODE);
    }

    private NetworkPath path(int region, PathId id) {
        return Objects.requireNonNull(
                lattice.sim.gateway(region).state().paths().get(id));
    }

    private double rtt() {
        return path(EU, PATH).rtt().value();
    }

    /// What the gateway tells of the node now.
    private float utilization() {
        Gateway eu = lattice.sim.gateway(EU);
        SampleBatch batch = eu.second();
        for (int i = 0; i < batch.nodeIndex().length; i++) {
            if (NODE.equals(eu.members().byIndex().get(batch.nodeIndex()[i]))) {
                return batch.columns()[Metric.UTILIZATION.column()][i];
            }
        }
        throw new AssertionError("nothing is told of " + NODE);
    }

    @Test
    void aCrashedNodeIsDownAndComesBack() {
        Fault fault = lattice.inject(FaultKind.NODE_CRASH, 0, NODE);
        lattice.run(1);
        assertEquals(Health.DOWN, lattice.health(NODE));
        assertTrue(Float.isNaN(utilization()), "what is down has no reading, however fresh the last one is");
        lattice.clear(fault);
        lattice.run(2);
        assertEquals(Health.UP, lattice.health(NODE));
    }

    @Test
    void anXidTakesTheAcceleratorAndItsReplicasAndNamesTheResolution() {
        Fault fault = lattice.inject(new FaultSpec(FaultKind.ACCELERATOR_XID, List.of(NODE), 0, 79, 0, 0, ""));
        lattice.run(1);
        var gpu = lattice.node(EU, NODE).accelerators().getFirst();
        assertFalse(gpu.healthy());
        assertEquals(79, gpu.lastXid());
        assertTrue(gpu.fault().contains("fallen off the bus") && gpu.fault().contains("bare-metal"), gpu.fault());
        assertEquals(1, lattice.events("ACCELERATOR_FAULT").size());
        assertTrue(lattice.sim.gateway(EU).state().replicasOf(NODE).stream()
                .anyMatch(r -> r.state() == ReplicaState.FAILED));
        lattice.clear(fault);
        lattice.run(120);
        assertTrue(lattice.node(EU, NODE).accelerators().getFirst().healthy());
        assertTrue(lattice.sim.gateway(EU).state().replicasOf(NODE).stream()
                .allMatch(r -> r.state() == ReplicaState.READY));
        assertEquals(0, lattice.totals().lost());
    }

    @Test
    void aContainedMemoryErrorOnlyRestartsWhatRanThere() {
        lattice.inject(new FaultSpec(FaultKind.ACCELERATOR_XID, List.of(NODE), 0, 94, 0, 0, ""));
        lattice.run(1);
        assertTrue(lattice.node(EU, NODE).accelerators().getFirst().healthy());
        assertEquals(0, lattice.sim.gateway(EU).failovers().size());
        lattice.run(120);
        assertTrue(lattice.sim.gateway(EU).state().replicasOf(NODE).stream()
                .allMatch(r -> r.state() == ReplicaState.READY));
    }

    @Test
    void thermalRunawayHeatsUntilTheNodeThrottles() {
        Fault fault = lattice.inject(FaultKind.THERMAL_RUNAWAY, 0, NODE);
        lattice.run(90);
        assertTrue(machine().temperature > Machine.THROTTLE_AT - 6, "°C: " + machine().temperature);
        assertFalse(lattice.events("NODE_THROTTLED").isEmpty());
        lattice.clear(fault);
        lattice.run(120);
        assertFalse(lattice.node(EU, NODE).throttled());
        assertEquals(1, machine().slowness(), 1e-9);
    }

    @Test
    void aPowerCapIsKeptAndLifted() {
        int site = lattice.spec(NODE).site();
        double before = lattice.sim.machines.power.watts(site);
        Fault fault = lattice.inject(FaultKind.POWER_CAP, 0, NODE.site());
        lattice.run(20);
        assertTrue(lattice.sim.machines.power.watts(site) < 0.85 * before);
        assertTrue(machine().slowness() > 1.1);
        lattice.clear(fault);
        lattice.run(30);
        assertEquals(1, machine().slowness(), 1e-9);
    }

    @Test
    void aSlowLinkShowsInItsRoundTripAndALossyOneInItsLoss() {
        double before = rtt();
        Fault slow = lattice.inject(FaultKind.LINK_SLOW, 0, PATH);
        lattice.run(6);
        assertTrue(rtt() > before + 100, "ms: " + rtt());
        lattice.clear(slow);
        lattice.run(12);
        assertTrue(rtt() < before + 20, "ms: " + rtt());
        lattice.inject(new FaultSpec(FaultKind.LINK_LOSSY, List.of(PATH), 0.6, 0, 0, 0, ""));
        lattice.run(20);
        assertTrue(path(EU, PATH).lossRatio() > 0.2);
    }

    @Test
    void aCutLinkIsSeenAndMended() {
        PathId other = new PathId("regions/na-east/sites/nyc-1/paths/par-1");
        Fault fault = lattice.inject(FaultKind.LINK_CUT, 0, other);
        lattice.run(5);
        assertTrue(path(1, other).cut());
        assertEquals(1, lattice.events("PATH_CUT").size());
        assertEquals(0, lattice.events("NODE_DOWN").size());
        lattice.clear(fault);
        lattice.run(3);
        assertFalse(path(1, other).cut());
        assertEquals(1, lattice.events("PATH_RESTORED").size());
    }

    @Test
    void aSlowNodeIsSlowInItsReportsAndGetsLess() {
        Fault fault = lattice.inject(FaultKind.SLOW_NODE, 0, NODE);
        lattice.run(20);
        assertEquals(3, machine().slowness(), 1e-9);
        assertEquals(Health.UP, lattice.health(NODE), "a grey failure is not silence");
        lattice.clear(fault);
        lattice.run(1);
        assertEquals(1, machine().slowness(), 1e-9);
    }

    @Test
    void aBadVersionFailsAndIsLeftOutWithoutLosingRequests() {
        Fault fault = lattice.inject(
                new FaultSpec(FaultKind.BAD_MODEL_VERSION, List.of(new ModelId("models/chat-8b")), 0, 0, 0, 0, "v1"));
        lattice.run(15);
        assertFalse(lattice.events("MODEL_ERRORS").isEmpty());
        lattice.clear(fault);
        lattice.run(60);
        assertFalse(lattice.events("MODEL_ERRORS_OVER").isEmpty());
        assertTrue(lattice.ledgersBalance());
    }

    @Test
    void aBurstMultipliesArrivalsOfItsRegionOnly() {
        long eu = lattice.sim.gateway(EU).ledger().arrived();
        long other = lattice.sim.gateway(1).ledger().arrived();
        lattice.run(5);
        double usual = lattice.sim.gateway(EU).ledger().arrived() - eu;
        double usualOther = lattice.sim.gateway(1).ledger().arrived() - other;
        Fault fault = lattice.inject(FaultKind.ARRIVAL_BURST, 0, new RegionId("regions/eu"));
        eu = lattice.sim.gateway(EU).ledger().arrived();
        other = lattice.sim.gateway(1).ledger().arrived();
        lattice.run(5);
        assertEquals(3, (lattice.sim.gateway(EU).ledger().arrived() - eu) / usual, 0.3);
        assertEquals(1, (lattice.sim.gateway(1).ledger().arrived() - other) / usualOther, 0.1);
        lattice.clear(fault);
        assertEquals(usual / 5, lattice.sim.clients.rate(EU), 0.1 * usual);
    }

    @Test
    void staleTelemetryRepeatsItself() {
        lattice.inject(FaultKind.STALE_TELEMETRY, 0, NODE);
        NodeReport before = Objects.requireNonNull(machine().lastReport);
        lattice.run(10);
        assertEquals(before, Objects.requireNonNull(machine().lastReport));
        assertEquals(Health.UP, lattice.health(NODE));
    }

    @Test
    void aLemonCrashesAgainAndAgainUntilItIsCleared() {
        Fault fault = lattice.inject(new FaultSpec(FaultKind.LEMON_NODE, List.of(NODE), 5, 0, 0, 0, ""));
        lattice.run(120);
        assertTrue(lattice.events("NODE_DOWN").size() >= 3, "crashes: " + lattice.events("NODE_DOWN"));
        lattice.clear(fault);
        lattice.run(2);
        assertEquals(Health.UP, lattice.health(NODE));
        int crashes = lattice.events("NODE_DOWN").size();
        lattice.run(60);
        assertEquals(crashes, lattice.events("NODE_DOWN").size());
        assertEquals(0, lattice.totals().lost());
    }

    @Test
    void aSkewedClockIsWrongInWhatItsGatewaySaysAndNowhereElse() {
        var port = new SimulationDriver(lattice.sim, 1).ports().get(EU);
        Instant right = port.clock().wallTime();
        Fault fault = lattice.inject(
                new FaultSpec(FaultKind.CLOCK_SKEW, List.of(new GatewayId("gateways/eu")), 7, 0, 0, 0, ""));
        assertEquals(right.plusSeconds(7), port.clock().wallTime());
        var event =
                lattice.sim.gateway(lattice.world.coordinatorRegion()).events().getLast();
        assertEquals("FAULT_INJECTED", event.type());
        assertEquals(right, event.wallTime());
        lattice.clear(fault);
        assertEquals(right, port.clock().wallTime());
    }
}
