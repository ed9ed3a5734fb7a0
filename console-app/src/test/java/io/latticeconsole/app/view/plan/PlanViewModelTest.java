package io.latticeconsole.app.view.plan;

import static io.latticeconsole.app.view.fixture.SmallLattice.AMS;
import static io.latticeconsole.app.view.fixture.SmallLattice.CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.EU_CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.latticeconsole.app.view.fixture.Orders;
import io.latticeconsole.app.view.fixture.ScriptedOrders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.SiteWeight;
import io.latticeconsole.operation.Arm;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanViewModelTest extends PlanPanel {
    @Test
    void opensWithThePlanAndNoEffect() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        assertEquals(new OperationSpec.Drain(List.of(PAR_N2), null, DeadlinePolicy.EXTEND), orders.lastPlanned());
        assertEquals(new PlanStage.Planned(plan), panel.stageProperty().get());
        assertEquals(List.of("plan"), orders.calls());
    }

    @Test
    void armsStartsAndReadsTheOutcomeBack() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        panel.safeguards().reasonProperty().set(" fan replacement ");
        armed(plan);
        assertEquals(30, panel.secondsLeftProperty().get());
        panel.start();
        assertEquals("start token-h17 'fan replacement' false", orders.calls().getLast());
        orders.answer(Orders.operation(plan, OperationState.RUNNING, 38));
        assertEquals(
                "Running: quiesce · 38 in flight",
                panel.notes().outcomeProperty().get().sentence());

        var drained = SmallLattice.with(
                Orders.with(SmallLattice.state(), Orders.operation(plan, OperationState.SUCCEEDED, 0)),
                SmallLattice.node(PAR_N2, 1, AdminState.DRAINED, Health.UP, ""));
        panel.update(drained, NOON.plusSeconds(40));
        assertEquals(
                "DRAINED, 0 in flight read back",
                panel.notes().outcomeProperty().get().sentence());
    }

    @Test
    void startingUnarmedIsRefusedInWordsAndAsksNothing() {
        planned(PlanKind.DRAIN, PAR_N2);
        panel.start();
        assertEquals("Not armed: press Enter to arm this plan first, then Ctrl+Enter within 30 s", refusal());
        assertEquals(List.of("plan"), orders.calls());
    }

    @Test
    void anExpiredArmCannotStart() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        armed(plan);
        panel.update(SmallLattice.state(), NOON.plusMillis(29_500));
        assertEquals(1, panel.secondsLeftProperty().get());
        panel.update(SmallLattice.state(), NOON.plusSeconds(30));
        assertEquals("The arm expired after 30 s and nothing was started; Enter arms again", refusal());
        panel.start();
        assertEquals("arm h17", orders.calls().getLast());
    }

    @Test
    void escapeDisarmsAndThenCloses() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        armed(plan);
        panel.escape();
        assertEquals("disarm token-h17", orders.calls().getLast());
        assertEquals(new PlanStage.Planned(plan), panel.stageProperty().get());
        panel.escape();
        assertNull(panel.formProperty().get());
    }

    @Test
    void anArmThatComesTooLateIsGivenBack() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        panel.enter();
        panel.escape();
        orders.answer(ScriptedOrders.armed(plan, "m.okafor", NOON));
        assertEquals("disarm token-h17", orders.calls().getLast());
        assertEquals(new PlanStage.Planned(plan), panel.stageProperty().get());
    }

    @Test
    void aStalePlanGoesBackToTheFormAndNamesWhatChanged() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        armed(plan);
        panel.start();
        orders.refuse("ABORTED", "PREMISE_CHANGED", "PAR-1 / n2 changed since the plan", PAR_N2.name());
        assertEquals("The plan is stale: PAR-1 / n2 changed since the plan. Enter plans again", refusal());
        assertEquals(new PlanStage.Editing(plan), panel.stageProperty().get());
        assertNotNull(panel.formProperty().get());
        panel.enter();
        assertEquals("plan", orders.calls().getLast());
    }

    @Test
    void refusalsCallObjectsWhatPeopleCallThem() {
        planned(PlanKind.DRAIN, PAR_N2);
        panel.enter();
        orders.refuse("FAILED_PRECONDITION", "NOT_ARMED", "there is no node " + PAR_N2.name() + "; plan again");
        assertEquals("there is no node PAR-1 / n2; plan again", refusal());
        panel.close();
        panel.open(PlanKind.DRAIN, PAR_N2);
        orders.refuse("INVALID_ARGUMENT", "BAD_FIELD", CHAT.name() + " has none", "spec.drain.deadline");
        assertEquals(
                "chat-8b has none",
                panel.notes().fieldErrorsProperty().get().getFirst().message());
    }

    @Test
    void whatRunsAfterARedeployIsReadBack() {
        var spec = new OperationSpec.Redeploy(CHAT, "2.1", List.of(PAR_N2), 0, null, 0, 0, 0);
        Plan plan = Orders.plan(spec, PAR_N2);
        var done = Orders.operation(plan, OperationState.SUCCEEDED, 0);
        assertEquals(
                "REDEPLOYED, chat-8b 2.1 on 0 / 1 nodes read back",
                Outcome.of(SmallLattice.lattice(), done).sentence());
        var newer = SmallLattice.with(SmallLattice.state(), SmallLattice.replica(PAR_N2, CHAT, "2.1"));
        assertEquals(
                "REDEPLOYED, chat-8b 2.1 on 1 / 1 nodes read back",
                Outcome.of(newer.lattice(), done).sentence());
    }

    @Test
    void whatAPhaseWaitsForIsTold() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        assertEquals(
                "Running: surge — 1 of 1 warm",
                Outcome.of(SmallLattice.lattice(), Orders.surging(plan)).sentence());
    }

    @Test
    void showsWhoElseHoldsTheTarget() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        Arm other = new Arm("other", List.of(PAR), "j.silva", NOON.plusSeconds(12));
        panel.update(Orders.with(SmallLattice.state(), other), NOON);
        assertEquals(
                "Armed by j.silva, 12 s left",
                panel.notes().heldByOtherProperty().get());
        panel.enter();
        orders.refuse("FAILED_PRECONDITION", "ARMED_BY_ANOTHER", "PAR-1 is armed by j.silva", PAR.name());
        assertEquals("PAR-1 is armed by j.silva", refusal());
        assertEquals(Refusal.Step.ARM, panel.notes().refusalProperty().get().step());
        assertEquals(new PlanStage.Planned(plan), panel.stageProperty().get());
    }

    @Test
    void aWholeSiteNeedsItsCodeTyped() {
        Plan plan = planned(PlanKind.DRAIN, PAR);
        assertEquals("PAR-1", panel.safeguards().requiredCodeProperty().get());
        panel.enter();
        assertEquals("Type PAR-1 to confirm", refusal());
        panel.safeguards().typedCodeProperty().set("AMS-1");
        panel.enter();
        assertEquals("Type PAR-1 to confirm: 'AMS-1' is another code", refusal());
        assertEquals(List.of("plan"), orders.calls());
        panel.safeguards().typedCodeProperty().set("par-1");
        armed(plan);
        assertInstanceOf(PlanStage.Armed.class, panel.stageProperty().get());
    }

    @Test
    void forcingANodeNeedsItsCodeTyped() {
        planned(PlanKind.DRAIN, PAR_N2);
        assertEquals("", panel.safeguards().requiredCodeProperty().get());
        ((DrainForm) panel.formProperty().get()).policyProperty().set(DeadlinePolicy.FORCE);
        panel.enter();
        orders.answer(Orders.plan(orders.lastPlanned(), PAR_N2));
        assertEquals("PAR-1/n2", panel.safeguards().requiredCodeProperty().get());
    }

    @Test
    void aNewViolationNeedsAcceptanceReasonAndCode() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2, Orders.newViolation());
        panel.enter();
        assertEquals("This plan adds a violation: change it, or accept the risk with a reason", refusal());
        panel.safeguards().acceptRiskProperty().set(true);
        panel.enter();
        assertEquals("Accepting the risk needs a reason", refusal());
        panel.safeguards().reasonProperty().set("the fan is dying");
        panel.enter();
        assertEquals("Type PAR-1/n2 to confirm", refusal());
        panel.safeguards().typedCodeProperty().set("PAR-1 / n2");
        armed(plan);
        panel.start();
        assertEquals("start token-h17 'the fan is dying' true", orders.calls().getLast());
    }

    @Test
    void aViolationThatIsThereAlreadyDoesNotStandInTheWay() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2, Orders.oldViolation());
        armed(plan);
        assertInstanceOf(PlanStage.Armed.class, panel.stageProperty().get());
    }

    @Test
    void editingOutdatesThePlan() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        DrainForm form = (DrainForm) panel.formProperty().get();
        form.deadlineProperty().set("2 min");
        assertEquals(new PlanStage.Editing(plan), panel.stageProperty().get());
        assertFalse(panel.stageProperty().get().isCurrent());
        panel.enter();
        assertEquals(Duration.ofMinutes(2), ((OperationSpec.Drain) orders.lastPlanned()).deadline());
    }

    @Test
    void badFieldsAreNamedAndNothingIsAsked() {
        planned(PlanKind.DRAIN, PAR_N2);
        DrainForm form = (DrainForm) panel.formProperty().get();
        form.targetsProperty().set("PAR-9/n2");
        form.deadlineProperty().set("soon");
        panel.enter();
        assertEquals(
                List.of(
                        new FieldError(
                                FormField.TARGETS, "no node or site is called 'PAR-9/n2'; write PAR-1 or PAR-1/n2"),
                        new FieldError(FormField.DEADLINE, "'soon' is not a duration: write 90, 90 s, 2 min or 1 h")),
                panel.notes().fieldErrorsProperty().get());
        assertEquals(List.of("plan"), orders.calls());
    }

    @Test
    void aFieldThatTheCoordinatorRefusesIsNamedInTheForm() {
        panel.open(PlanKind.DRAIN, PAR_N2);
        orders.refuse("INVALID_ARGUMENT", "BAD_FIELD", "deadline is longer than a day", "spec.drain.deadline");
        assertEquals(
                List.of(new FieldError(FormField.DEADLINE, "deadline is longer than a day")),
                panel.notes().fieldErrorsProperty().get());
        assertNotNull(panel.formProperty().get());
    }

    @Test
    void reroutingFromASiteWithdrawsItAndSumsToOne() {
        panel.open(PlanKind.REROUTE, PAR);
        OperationSpec.Reroute spec = (OperationSpec.Reroute) orders.lastPlanned();
        assertEquals(List.of(new SiteWeight(AMS, 1)), spec.weights());
        assertEquals("e7", spec.routeEtag());
        assertFalse(spec.keepOnObjectiveBreak());
    }

    @Test
    void sharesThatDoNotSumToAHundredAreRefusedInTheForm() {
        panel.open(PlanKind.REROUTE, EU_CHAT);
        RerouteForm form = (RerouteForm) panel.formProperty().get();
        assertEquals(67, form.weights().getFirst().before());
        form.weights().getFirst().percentProperty().set(47);
        panel.enter();
        assertEquals(
                List.of(new FieldError(FormField.WEIGHTS, "the shares sum to 80 %, not 100 %")),
                panel.notes().fieldErrorsProperty().get());
    }

    @Test
    void redeployProposesTheNextVersionOnTheSelectedNode() {
        panel.open(PlanKind.REDEPLOY, PAR_N2);
        OperationSpec.Redeploy spec = (OperationSpec.Redeploy) orders.lastPlanned();
        assertEquals(CHAT, spec.model());
        assertEquals("2.1", spec.version());
        assertEquals(List.of(PAR_N2), spec.nodes());
    }

    @Test
    void anOperationThatMakesNoSenseForTheSelectionDoesNotOpen() {
        assertFalse(panel.open(PlanKind.DRAIN, CHAT));
        assertNull(panel.formProperty().get());
        assertEquals(List.of(), orders.calls());
    }
}
