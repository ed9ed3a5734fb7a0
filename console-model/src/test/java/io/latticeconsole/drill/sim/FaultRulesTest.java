package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.PathId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Faults add up, end when they are told to, and are refused where they make no sense.
final class FaultRulesTest {
    private static final int EU = 3;
    private static final NodeId NODE = new NodeId("regions/eu/sites/fra-1/nodes/n1");
    private static final SiteId PAR = new SiteId("regions/eu/sites/par-1");

    private final TestLattice lattice = TestLattice.aurora(1).run(5);

    private Machine machine() {
        return lattice.machine(NODE);
    }

    @Test
    void faultsCombineAndEndInAnyOrder() {
        Fault first = lattice.inject(FaultKind.NODE_CRASH, 0, NODE);
        Fault second = lattice.inject(FaultKind.SITE_POWER_LOSS, 0, NODE.site());
        lattice.run(5);
        lattice.clear(first);
        lattice.run(5);
        assertEquals(Health.DOWN, lattice.health(NODE), "the site is still without power");
        lattice.clear(second);
        lattice.run(2);
        assertEquals(Health.UP, lattice.health(NODE));
    }

    @Test
    void theLowestOfSeveralPowerCapsHoldsUntilItIsCleared() {
        int site = lattice.spec(NODE).site();
        double usual = lattice.sim.machines.power.cap(site);
        Fault low = lattice.inject(new FaultSpec(FaultKind.POWER_CAP, List.of(NODE.site()), 3_000, 0, 0, 0, ""));
        Fault high = lattice.inject(new FaultSpec(FaultKind.POWER_CAP, List.of(NODE.site()), 4_000, 0, 0, 0, ""));
        assertEquals(3_000, lattice.sim.machines.power.cap(site));
        lattice.clear(low);
        assertEquals(4_000, lattice.sim.machines.power.cap(site));
        lattice.clear(high);
        assertEquals(usual, lattice.sim.machines.power.cap(site));
    }

    @Test
    void aFaultThatIsThereTwiceIsOverWhenBothAreCleared() {
        Fault stale = lattice.inject(FaultKind.STALE_TELEMETRY, 0, NODE);
        Fault again = lattice.inject(FaultKind.STALE_TELEMETRY, 0, NODE);
        lattice.clear(stale);
        assertTrue(machine().stale, "once more");
        lattice.clear(again);
        assertFalse(machine().stale);
        FaultSpec version =
                new FaultSpec(FaultKind.BAD_MODEL_VERSION, List.of(new ModelId("models/chat-8b")), 0.5, 0, 0, 0, "v1");
        Fault bad = lattice.inject(version);
        Fault worse = lattice.inject(version);
        lattice.clear(bad);
        assertTrue(machine().engines.stream().anyMatch(e -> e.errorRatio == 0.5));
        lattice.clear(worse);
        assertTrue(machine().engines.stream().allMatch(e -> e.errorRatio == 0));
        Fault xid = lattice.inject(new FaultSpec(FaultKind.ACCELERATOR_XID, List.of(NODE), 0, 79, 0, 0, ""));
        Fault another = lattice.inject(new FaultSpec(FaultKind.ACCELERATOR_XID, List.of(NODE), 0, 48, 0, 0, ""));
        lattice.clear(xid);
        lattice.run(1);
        assertFalse(lattice.node(EU, NODE).accelerators().getFirst().healthy());
        assertEquals(48, lattice.node(EU, NODE).accelerators().getFirst().lastXid());
        lattice.clear(another);
        lattice.run(1);
        assertTrue(lattice.node(EU, NODE).accelerators().getFirst().healthy());
    }

    @Test
    void timedFaultsEndByThemselves() {
        Fault fault = lattice.inject(FaultKind.NODE_CRASH, 3, NODE);
        assertEquals(fault.start().plusSeconds(3), Objects.requireNonNull(fault.end()));
        lattice.run(6);
        assertEquals(Health.UP, lattice.health(NODE));
        assertEquals(1, lattice.events("FAULT_CLEARED").size());
        assertThrows(OrderRefused.class, () -> lattice.clear(fault));
    }

    @Test
    void whatIsNotThereIsRefusedByName() {
        refused(
                "regions/eu/sites/fra-1/nodes/n99",
                FaultKind.NODE_CRASH,
                new NodeId("regions/eu/sites/fra-1/nodes/n99"));
        refused("models/chat-8b", FaultKind.SITE_POWER_LOSS, new ModelId("models/chat-8b"));
        refused(PAR.name(), FaultKind.INGRESS_LOSS, PAR);
        refused(
                "regions/eu/sites/par-1/paths/fra-1",
                FaultKind.LINK_CUT,
                new PathId("regions/eu/sites/par-1/paths/fra-1"));
        refused("targets", FaultKind.NODE_CRASH);
        var xid = assertThrows(
                OrderRefused.class,
                () -> lattice.inject(new FaultSpec(FaultKind.ACCELERATOR_XID, List.of(NODE), 0, 79, 9, 0, "")));
        assertEquals(List.of("accelerator_index"), xid.subjects());
        assertEquals(0, lattice.events("FAULT_INJECTED").size());
    }

    private void refused(String subject, FaultKind kind, ResourceName... targets) {
        OrderRefused refused = assertThrows(OrderRefused.class, () -> lattice.inject(kind, 0, targets));
        assertEquals("INVALID_ARGUMENT", refused.code());
        assertEquals(List.of(subject), refused.subjects());
    }
}
