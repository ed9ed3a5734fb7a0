package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.world.RandomStream;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The same seed and the same orders at the same ticks give the same run, byte by byte.
final class ReplayTest {
    @Test
    void aReplayOfTheOrderLogGivesAByteIdenticalEventLog() {
        TestLattice first = TestLattice.of(24, 11, 300);
        RandomStream random = new RandomStream(11, "replay test");
        for (int i = 0; i < 12; i++) {
            first.run(2 + random.nextDouble());
            first.inject(LedgerTest.randomFault(first, random));
        }
        first.run(20);
        TestLattice second = new TestLattice(first.world, first.sim.orderLog());
        second.sim.runUntil(first.sim.now());
        assertTrue(first.events().size() > 20, "something happened");
        assertEquals(first.eventLog(), second.eventLog());
        assertEquals(first.sim.events(), second.sim.events());
    }

    @Test
    void operationsAreReplayedToo() {
        TestLattice first = TestLattice.of(24, 12, 200).run(5);
        var node = first.world.nodes().get(3).id();
        Plan plan = first.order(
                new DrillOrder.MakePlan(
                        new OperationSpec.Drain(List.of(node), null, DeadlinePolicy.EXTEND), TestLattice.CREW),
                Plan.class);
        var armed = first.order(
                new DrillOrder.Arm(plan.hash(), TestLattice.CREW),
                io.latticeconsole.endpoint.LatticeOrders.Armed.class);
        first.order(new DrillOrder.Start(armed.token(), "r1", "test of replay", true, TestLattice.CREW), Object.class);
        first.run(60);
        TestLattice second = new TestLattice(first.world, first.sim.orderLog());
        second.sim.runUntil(first.sim.now());
        assertEquals(first.eventLog(), second.eventLog());
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        TestLattice first = TestLattice.of(24, 1, 300).run(10);
        TestLattice second = TestLattice.of(24, 2, 300).run(10);
        assertNotEquals(first.eventLog(), second.eventLog());
    }
}
