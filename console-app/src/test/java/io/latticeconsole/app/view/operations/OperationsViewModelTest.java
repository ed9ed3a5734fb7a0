package io.latticeconsole.app.view.operations;

import static io.latticeconsole.app.view.fixture.SmallLattice.AMS_N1;
import static io.latticeconsole.app.view.fixture.SmallLattice.CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N1;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.fixture.Orders;
import io.latticeconsole.app.view.fixture.ScriptedOrders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Hindsight;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.operation.SiteEffect;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationsViewModelTest {
    private static final Plan PLAN =
            Orders.plan(new OperationSpec.Drain(List.of(PAR_N2), null, DeadlinePolicy.EXTEND), PAR_N2);
    private final ScriptedOrders orders = new ScriptedOrders();
    private final OperationsViewModel model = new OperationsViewModel(orders, Runnable::run);

    private void know(OperationState state, int inFlight) {
        model.update(Orders.with(SmallLattice.state(), operation(state, inFlight)), NOON.plusSeconds(30));
    }

    private static Operation operation(OperationState state, int inFlight) {
        return Orders.operation(PLAN, state, inFlight);
    }

    private static OperationText text(Operation op) {
        return OperationText.of(SmallLattice.lattice(), op, NOON);
    }

    /// With a tenth of the load missing at the receiving sites, and a quarter more time.
    private static Operation known(Operation o) {
        List<SiteEffect> observed = o.predicted().stream()
                .map(e -> new SiteEffect(
                        e.site(),
                        e.model(),
                        e.before(),
                        new PerSecond(0.9 * e.after().value()),
                        e.ttftP95Before(),
                        e.ttftP95After(),
                        e.headroomBefore(),
                        e.headroomAfter(),
                        e.powerAfter(),
                        e.objectiveP95Before(),
                        new Millis(1.25 * e.objectiveP95After().value())))
                .toList();
        return o.stamped(Hindsight.of(NOON.plusSeconds(55), o.predicted(), observed, 20, 30, 40), o.etag());
    }

    @Test
    void showsRealProgress() {
        know(OperationState.RUNNING, 38);
        assertEquals("Operations 1", model.titleProperty().get());
        OperationText text = model.rows().getFirst().textProperty().get();
        assertEquals("OP-12", text.code());
        assertEquals("PAR-1 / n2", text.targets());
        assertEquals(
                "38 in flight · 3 queued · oldest 12 s · 4 migrated · 1 of 1 warm · 5 of 5 routers · 41 s left",
                text.counters());
        assertEquals("m.okafor (unverified)", text.operator());
        assertEquals(
                List.of("cordon", "surge", "quiesce"),
                text.phases().stream().map(p -> p.name()).toList());
        assertEquals("6.0 s …", text.phases().getLast().time());
    }

    @Test
    void whatIsInFlightIsNotToldBeforeItIsCounted() {
        assertTrue(text(operation(OperationState.RUNNING, 0)).counters().startsWith("0 in flight"));
        String surging = text(Orders.surging(PLAN)).counters();
        assertFalse(surging.contains("in flight"), surging);
        assertEquals("1 of 1 warm", text(Orders.surging(PLAN)).message(), "what its phase waits for");
    }

    @Test
    void manyNodesAreCountedAndAReasonIsInWords() {
        Operation failed = operation(OperationState.FAILED, 0);
        assertEquals("target lost: PAR-1 / n2 is down", text(failed).message());
        assertEquals("PAR-1 / n2", text(failed).targets());
        Plan whole = Orders.plan(PLAN.spec(), List.of(CHAT, PAR_N1, PAR_N2, AMS_N1));
        assertEquals(
                "chat-8b, 3 nodes",
                text(Orders.operation(whole, OperationState.RUNNING, 0)).targets());
    }

    @Test
    void saysHowFarOffThePlanWas() {
        assertEquals("", text(operation(OperationState.SUCCEEDED, 0)).hindsight());
        OperationText text = text(known(operation(OperationState.SUCCEEDED, 0)));
        assertTrue(text.hindsight().startsWith("Took 40 s, predicted 20 s to 30 s · load at receiving sites off by "));
        assertTrue(
                text.hindsight()
                        .contains("AMS-1 chat-8b: predicted 200/s, came 180/s; p95 predicted 240 ms, seen 300 ms"),
                text.hindsight());
    }

    @Test
    void theRowStaysWhileItsOperationGoesOn() {
        know(OperationState.RUNNING, 38);
        OperationRow row = model.rows().getFirst();
        model.chosenProperty().set(row);
        know(OperationState.SUCCEEDED, 0);
        assertSame(row, model.rows().getFirst());
        assertSame(row, model.chosenProperty().get());
        assertEquals("Succeeded", row.textProperty().get().state());
        assertEquals("Operations", model.titleProperty().get());
    }

    @Test
    void pointHoldsWhatRunsAndResumesWhatIsHeld() {
        know(OperationState.RUNNING, 38);
        model.holdOrResume();
        assertEquals("hold operations/op-12", orders.calls().getLast());
        orders.answer(operation(OperationState.HELD, 38));
        assertEquals("", model.noteProperty().get(), "the row tells what became of it");
        know(OperationState.HELD, 38);
        model.holdOrResume();
        assertEquals("resume operations/op-12", orders.calls().getLast());
        orders.refuse("FAILED_PRECONDITION", "BUDGET", "models/chat-8b would fall under its budget", "models/chat-8b");
        assertEquals(
                "Refused: chat-8b would fall under its budget",
                model.noteProperty().get());
    }

    @Test
    void cancellingIsPlannedFirstAndCarriedOutOnConfirmation() {
        know(OperationState.RUNNING, 38);
        model.confirmCancel();
        assertEquals(List.of(), orders.calls());
        model.planCancel();
        assertEquals("Cancelling OP-12 puts the nodes back into the state before", model.cancelEffect());
        assertEquals(List.of(), orders.calls());
        model.abandonCancel();
        assertNull(model.cancellingProperty().get());
        model.planCancel();
        model.cancelReasonProperty().set("wrong node");
        model.confirmCancel();
        assertEquals("cancel operations/op-12 'wrong node'", orders.calls().getLast());
    }

    @Test
    void aCancelIsNotLeftPreparedForWhatHasEndedMeanwhile() {
        know(OperationState.RUNNING, 38);
        model.planCancel();
        know(OperationState.SUCCEEDED, 0);
        assertNull(model.cancellingProperty().get());
        assertEquals("OP-12 is over: Succeeded", model.noteProperty().get());
    }

    @Test
    void whatIsOverCannotBeHeldAndNothingRunningIsSaidSo() {
        model.update(SmallLattice.state(), NOON);
        model.holdOrResume();
        assertEquals("No operation is running", model.noteProperty().get());
        know(OperationState.FAILED, 2);
        model.chosenProperty().set(model.rows().getFirst());
        model.planCancel();
        assertEquals("OP-12 is over: Failed", model.noteProperty().get());
        assertEquals(
                "target lost: PAR-1 / n2 is down",
                model.rows().getFirst().textProperty().get().message());
        assertEquals(List.of(), orders.calls());
    }
}
