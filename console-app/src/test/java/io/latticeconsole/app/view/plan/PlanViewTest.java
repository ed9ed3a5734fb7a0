package io.latticeconsole.app.view.plan;

import static io.latticeconsole.app.view.fixture.SmallLattice.EU_CHAT;
import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.view.fixture.Orders;
import io.latticeconsole.app.view.fixture.ScriptedOrders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.Violation;
import io.latticeconsole.store.LinkState;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Spinner;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/// The plan panel as a person uses it, by keyboard.
class PlanViewTest extends ApplicationTest {
    private final ScriptedOrders orders = new ScriptedOrders();
    private PlanViewModel model = new PlanViewModel(orders, Runnable::run);

    @Override
    public void start(Stage stage) {
        model = new PlanViewModel(orders, Fx.executor());
        model.update(SmallLattice.state(), NOON);
        Scene scene = new Scene(new PlanView(model), 420, 900);
        StyleSheets.apply(scene, Theme.NIGHT, 1);
        stage.setScene(scene);
        stage.show();
    }

    private Plan planned(PlanKind kind, ResourceName target, Violation... violations) {
        interact(() -> model.open(kind, target));
        Plan plan = Orders.plan(orders.lastPlanned(), target, violations);
        answer(plan);
        return plan;
    }

    private void answer(Object value) {
        orders.answer(value);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private String text(String id) {
        return lookup("#" + id).<Labeled>queryAs(Labeled.class).getText();
    }

    private boolean shown(String id) {
        return lookup("#" + id).query().isVisible();
    }

    private boolean says(String words) {
        return lookup(n -> n instanceof Label l
                        && l.getText() != null
                        && l.getText().contains(words))
                .tryQuery()
                .isPresent();
    }

    @Test
    void drainsANodeByKeyboardAlone() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        assertEquals("Drain PAR-1/n2", text("plan-title"));
        assertTrue(says("80 → 200/s"), "who takes the load");
        assertTrue(says("175 → 240 ms"), "TTFT before and after");
        assertTrue(says("50 → 12 %"), "head-room before and after");
        assertTrue(says("chat-8b on AMS-1 / n2, loads in about 23 s"), "what is placed first");
        assertTrue(says("35 s – 90 s"), "how long it takes");
        assertTrue(says("AMS-1 loads one replica first."), "notes call objects what people call them");
        assertEquals("Planned, nothing has happened. Enter arms for 30 s", text("plan-step"));

        push(KeyCode.ENTER);
        answer(ScriptedOrders.armed(plan, "m.okafor", NOON));
        assertEquals("ARMED by you, 30 s left. Ctrl+Enter starts, Esc disarms", text("plan-step"));
        push(KeyCode.CONTROL, KeyCode.ENTER);
        answer(Orders.operation(plan, OperationState.RUNNING, 38));
        assertEquals("Running: quiesce · 38 in flight", text("plan-outcome"));

        var drained = SmallLattice.with(
                Orders.with(SmallLattice.state(), Orders.operation(plan, OperationState.SUCCEEDED, 0)),
                SmallLattice.node(PAR_N2, 1, AdminState.DRAINED, Health.UP, ""));
        interact(() -> model.update(drained, NOON.plusSeconds(40)));
        assertEquals("DRAINED, 0 in flight read back", text("plan-outcome"));
    }

    @Test
    void controlEnterWithoutAnArmSaysWhatToDo() {
        planned(PlanKind.DRAIN, PAR_N2);
        push(KeyCode.CONTROL, KeyCode.ENTER);
        assertEquals(
                "Not armed: press Enter to arm this plan first, then Ctrl+Enter within 30 s", text("plan-refusal"));
        assertEquals(1, orders.calls().size());
    }

    @Test
    void theCountdownIsShownAndRunsOut() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        push(KeyCode.ENTER);
        answer(ScriptedOrders.armed(plan, "m.okafor", NOON));
        interact(() -> model.update(SmallLattice.state(), NOON.plusSeconds(18)));
        assertEquals("ARMED by you, 12 s left. Ctrl+Enter starts, Esc disarms", text("plan-step"));
        interact(() -> model.update(SmallLattice.state(), NOON.plusSeconds(31)));
        assertEquals("The arm expired after 30 s and nothing was started; Enter arms again", text("plan-refusal"));
        push(KeyCode.CONTROL, KeyCode.ENTER);
        assertFalse(orders.calls().getLast().startsWith("start"));
    }

    @Test
    void aWholeSiteAsksForItsCode() {
        planned(PlanKind.DRAIN, PAR);
        assertTrue(shown("plan-code"));
        push(KeyCode.ENTER);
        assertEquals("Type PAR-1 to confirm", text("plan-refusal"));
        clickOn("#plan-code").write("AMS-1");
        push(KeyCode.ENTER);
        assertEquals("Type PAR-1 to confirm: 'AMS-1' is another code", text("plan-refusal"));
        clickOn("#plan-code").eraseText(5).write("PAR-1");
        push(KeyCode.ENTER);
        assertEquals("arm h17", orders.calls().getLast());
    }

    @Test
    void aBadFieldIsNamedUnderTheFieldAndTheFormStays() {
        planned(PlanKind.DRAIN, PAR_N2);
        assertFalse(shown("error-DEADLINE"));
        clickOn("#plan-deadline").write("soon");
        push(KeyCode.ENTER);
        assertTrue(shown("error-DEADLINE"));
        assertEquals("'soon' is not a duration: write 90, 90 s, 2 min or 1 h", text("error-DEADLINE"));
        clickOn("#plan-deadline").eraseText(4).write("2 min");
        push(KeyCode.ENTER);
        assertFalse(shown("error-DEADLINE"));
        assertEquals("plan", orders.calls().getLast());
    }

    @Test
    void aStalePlanIsToldAndPlannedAgainWithEnter() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        push(KeyCode.ENTER);
        answer(ScriptedOrders.armed(plan, "m.okafor", NOON));
        push(KeyCode.CONTROL, KeyCode.ENTER);
        orders.refuse("ABORTED", "PREMISE_CHANGED", "PAR-1 / n2 changed since the plan", PAR_N2.name());
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(text("plan-refusal").startsWith("The plan is stale: PAR-1 / n2 changed since the plan"));
        push(KeyCode.ENTER);
        assertEquals("plan", orders.calls().getLast());
    }

    @Test
    void aNewViolationIsSetApartFromOldOnesAndNeedsTheRiskAccepted() {
        planned(PlanKind.DRAIN, PAR_N2, Orders.newViolation(), Orders.oldViolation());
        assertTrue(says("THIS PLAN WOULD BREAK"));
        assertTrue(says("BROKEN ALREADY"));
        push(KeyCode.ENTER);
        assertEquals("This plan adds a violation: change it, or accept the risk with a reason", text("plan-refusal"));
        clickOn("#plan-accept-risk").clickOn("#plan-reason").write("the fan is dying");
        clickOn("#plan-code").write("PAR-1/n2");
        push(KeyCode.ENTER);
        assertEquals("arm h17", orders.calls().getLast());
    }

    @Test
    void theRiskIsNamedWhereItIsAccepted() {
        planned(PlanKind.DRAIN, PAR_N2, Orders.newViolation(), Orders.oldViolation());
        assertEquals("accept the risk: budget of chat-8b", text("plan-accept-risk"));
    }

    @Test
    void aRefusalIsASentenceThatSaysNothingTwice() {
        planned(PlanKind.DRAIN, PAR_N2);
        push(KeyCode.ENTER);
        orders.refuse(
                "FAILED_PRECONDITION", "ARMED_BY_ANOTHER", PAR_N2.name() + " is armed by bob", "bob", PAR_N2.name());
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals("PAR-1 / n2 is armed by bob", text("plan-refusal"));
    }

    @Test
    void whatALostCoordinatorLastSaidIsNotToldAsNow() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        push(KeyCode.ENTER);
        answer(ScriptedOrders.armed(plan, "m.okafor", NOON));
        push(KeyCode.CONTROL, KeyCode.ENTER);
        var running = Orders.operation(plan, OperationState.RUNNING, 38);
        answer(running);
        var lost = SmallLattice.withLink(Orders.with(SmallLattice.state(), running), LinkState.LOST);
        interact(() -> model.update(lost, NOON.plusSeconds(20)));
        assertEquals(
                "Running: quiesce · 38 in flight · last heard; its coordinator is not heard now", text("plan-outcome"));
    }

    @Test
    void sharesAreTypedAndHaveToSumToAHundred() {
        interact(() -> model.open(PlanKind.REROUTE, EU_CHAT));
        assertEquals("Sum 100 %", text("weights-sum"));
        System.gc(); // a share must not lose its field when memory is tidied up
        Spinner<?> share = lookup("#weight-PAR-1").queryAs(Spinner.class);
        interact(share.getEditor()::requestFocus);
        WaitForAsyncUtils.waitForFxEvents();
        push(KeyCode.CONTROL, KeyCode.A).write("47");
        push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals("Sum 80 %, 20 % missing", text("weights-sum"));
        assertEquals("the shares sum to 80 %, not 100 %", text("error-WEIGHTS"));
    }

    @Test
    void escapeDisarmsThenCloses() {
        Plan plan = planned(PlanKind.DRAIN, PAR_N2);
        push(KeyCode.ENTER);
        answer(ScriptedOrders.armed(plan, "m.okafor", NOON));
        push(KeyCode.ESCAPE);
        assertEquals("disarm token-h17", orders.calls().getLast());
        assertEquals("Planned, nothing has happened. Enter arms for 30 s", text("plan-step"));
        push(KeyCode.ESCAPE);
        assertEquals(null, model.formProperty().get());
    }

    @Test
    void largeLettersCutOffNoWordOfAButton() {
        planned(PlanKind.DRAIN, PAR);
        interact(() -> StyleSheets.apply(lookup("#plan-step").query().getScene(), Theme.DAY, 2));
        for (Button button : lookup(".action-button").queryAllAs(Button.class)) {
            assertFalse(button.isTextTruncated(), button.getText());
        }
    }
}
