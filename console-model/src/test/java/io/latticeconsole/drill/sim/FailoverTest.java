package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.operation.SiteEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What the lattice does by itself after a loss, with the contract's times.
final class FailoverTest {
    private static final NodeId NODE = new NodeId("regions/eu/sites/fra-1/nodes/n1");
    private static final SiteId SITE = new SiteId("regions/na-west/sites/sea-1");

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /// When a failover ended a phase.
    private static Instant at(Failover failover, FailoverPhase phase) {
        return Objects.requireNonNull(failover.reached().get(phase));
    }

    private static Failover last(TestLattice lattice, int region) {
        return lattice.sim.gateway(region).failovers().getLast();
    }

    @Test
    void aCrashIsSeenWithinASecondAndNothingIsLost() {
        TestLattice lattice = TestLattice.aurora(1.4).run(10);
        Instant fault = lattice.inject(FaultKind.NODE_CRASH, 0, NODE).start();
        lattice.run(5);
        assertEquals(Health.DOWN, lattice.health(NODE));
        assertEquals("connection broken", lattice.node(3, NODE).healthReason());
        Failover running = last(lattice, 3);
        assertEquals(NODE, running.subject());
        assertTrue(seconds(fault, at(running, FailoverPhase.DETECT)) < 1);
        assertTrue(seconds(at(running, FailoverPhase.DETECT), at(running, FailoverPhase.REROUTE)) < 1);
        assertTrue(running.inFlightAtLoss() > 0);
        assertFalse(running.placements().isEmpty());
        lattice.run(115);
        Failover over = last(lattice, 3);
        assertEquals(FailoverPhase.RECOVERED, over.phase());
        assertEquals(EnumSet.allOf(FailoverPhase.class), over.reached().keySet());
        assertEquals(over.inFlightAtLoss(), over.retried() + over.migrated());
        assertEquals(0, over.lost());
        assertEquals(0, lattice.totals().lost());
        assertFalse(over.effects().isEmpty());
    }

    @Test
    void silenceIsSuspectThenDownWithinThreeSeconds() {
        TestLattice lattice = TestLattice.aurora(1.4).run(10);
        Instant fault = lattice.inject(FaultKind.NODE_SILENT, 0, NODE).start();
        lattice.run(1.7);
        assertEquals(Health.SUSPECT, lattice.health(NODE));
        lattice.run(1.3);
        assertEquals(Health.DOWN, lattice.health(NODE));
        assertTrue(seconds(fault, at(last(lattice, 3), FailoverPhase.DETECT)) <= 3);
        lattice.run(60);
        assertEquals(0, lattice.totals().lost());
    }

    @Test
    void aSiteThatFallsSilentIsOneFailover() {
        TestLattice lattice = TestLattice.aurora(1.4).run(10);
        Instant fault = lattice.inject(FaultKind.SITE_POWER_LOSS, 0, SITE).start();
        lattice.run(4);
        assertEquals(1, lattice.sim.gateway(0).failovers().size());
        assertEquals(SITE, last(lattice, 0).subject());
        assertTrue(seconds(fault, at(last(lattice, 0), FailoverPhase.DETECT)) <= 3);
        assertEquals(1, lattice.events("SITE_DOWN").size());
        assertEquals(0, lattice.events("NODE_DOWN").size());
        assertTrue(lattice.events().size() <= 10, "events: " + lattice.events());
        lattice.run(60);
        assertEquals(0, lattice.totals().lost());
        assertTrue(lattice.ledgersBalance());
    }

    private static double change(List<SiteEffect> effects, SiteId at) {
        return effects.stream()
                .filter(e -> e.site().equals(at))
                .mapToDouble(SiteEffect::change)
                .sum();
    }

    @Test
    void whereTheTrafficGoesIsExpectedWithTheDecisionAndMeasuredLater() {
        TestLattice lattice = TestLattice.aurora(1.4).run(10);
        lattice.inject(FaultKind.SITE_POWER_LOSS, 0, SITE);
        lattice.run(3);
        Failover decided = last(lattice, 0);
        assertTrue(decided.reached().containsKey(FailoverPhase.DECIDE));
        assertTrue(decided.effects().isEmpty(), "nothing can be measured yet");
        assertTrue(change(decided.predicted(), SITE) < -10, decided.predicted()::toString);
        assertTrue(decided.predicted().stream()
                .allMatch(e ->
                        e.site().equals(SITE) || e.after().value() > e.before().value()));
        lattice.run(6);
        Failover measured = last(lattice, 0);
        double share = change(measured.effects(), SITE) / change(measured.predicted(), SITE);
        assertTrue(share > 0.5 && share < 1.5, share + " of what was expected has left " + SITE);
    }

    @Test
    void aNodeComesBackLoadsItsModelsAndItsStandInsGo() {
        TestLattice lattice = TestLattice.aurora(1).run(10);
        var gateway = lattice.sim.gateway(3);
        int before = replicas(lattice);
        lattice.inject(FaultKind.NODE_CRASH, 20, NODE);
        lattice.run(60);
        assertEquals(Health.UP, lattice.health(NODE));
        lattice.run(180);
        assertEquals(before, replicas(lattice));
        assertTrue(gateway.state().replicasOf(NODE).stream()
                .allMatch(r -> r.state() == io.latticeconsole.lattice.ReplicaState.READY));
        assertEquals(1, lattice.events("NODE_READY").size());
    }

    @Test
    void standInsGoAlsoWhenANodeWasOnlySilent() {
        TestLattice lattice = TestLattice.aurora(1).run(10);
        int before = replicas(lattice);
        lattice.inject(FaultKind.NODE_SILENT, 20, NODE);
        lattice.run(19);
        assertTrue(replicas(lattice) > before, "replacements are being loaded");
        lattice.run(41);
        assertEquals(Health.UP, lattice.health(NODE));
        assertEquals(before, replicas(lattice));
    }

    private static int replicas(TestLattice lattice) {
        return lattice.sim.gateway(3).state().replicas().entrySet().stream()
                .filter(e -> e.getKey().region().code().equals("eu"))
                .mapToInt(e -> e.getValue().size())
                .sum();
    }
}
