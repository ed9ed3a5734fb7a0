package io.latticeconsole.app.view.plan;

import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.fixture.Orders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.store.LinkState;
import org.junit.jupiter.api.Test;

/// Starts whose answer does not come.
class UnansweredStartTest extends PlanPanel {
    private Plan startedDrain() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        armed(plan);
        panel.start();
        return plan;
    }

    @Test
    void anUnansweredStartIsReadBack() {
        Plan plan = startedDrain();
        orders.refuse("UNAVAILABLE", "", "no answer");
        assertEquals("Outcome unknown, reading back", refusal());
        panel.update(
                Orders.with(SmallLattice.state(), Orders.operation(plan, OperationState.RUNNING, 20)),
                NOON.plusSeconds(1));
        assertInstanceOf(PlanStage.Started.class, panel.stageProperty().get());
    }

    @Test
    void whileAStartIsReadBackItSaysSoAndThenWhatCameOfIt() {
        Plan plan = startedDrain();
        orders.leaveUnanswered();
        assertInstanceOf(PlanStage.Unknown.class, panel.stageProperty().get());
        assertEquals("Outcome unknown, reading back", refusal());
        panel.update(SmallLattice.withLink(SmallLattice.state(), LinkState.LOST), NOON.plusSeconds(50));
        assertEquals("Outcome unknown: the coordinator is not heard; read back as soon as it is", refusal());
        panel.escape();
        assertInstanceOf(PlanStage.Unknown.class, panel.stageProperty().get(), "nobody walks away from an open order");
        orders.answer(Orders.operation(plan, OperationState.RUNNING, 20));
        assertInstanceOf(PlanStage.Started.class, panel.stageProperty().get());
        assertNotNull(panel.notes().outcomeProperty().get());
    }

    @Test
    void aStartThatIsReadBackAsRefusedSaysWhyUnlessTheOperationIsThere() {
        startedDrain();
        orders.leaveUnanswered();
        orders.refuse("FAILED_PRECONDITION", "NOT_ARMED", "nothing is armed with this token");
        assertTrue(String.valueOf(refusal()).contains("nothing is armed with this token"), refusal());
    }

    @Test
    void anUnansweredStartThatNeverHappenedIsToldSo() {
        startedDrain();
        orders.refuse("UNAVAILABLE", "", "no answer");
        panel.update(SmallLattice.state(), NOON.plusSeconds(41));
        assertEquals("Read back: no such operation was started. Enter plans again", refusal());
    }
}
