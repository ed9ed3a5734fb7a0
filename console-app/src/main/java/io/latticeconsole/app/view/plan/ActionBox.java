package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.control.Buttons;
import io.latticeconsole.app.control.ShareBar;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.Plan;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// What arms and starts: reason, accepted risk, typed code, the countdown, refusals, the outcome.
final class ActionBox extends VBox {
    private static final PseudoClass ARMED = PseudoClass.getPseudoClass("armed");
    private final PlanViewModel model;
    private final Label step = Styles.with(new Label(), "plan-step");
    private final ShareBar countdown = new ShareBar(100);
    private final Label refusal = Styles.with(new Label(), "problem");
    private final Label outcome = Styles.with(new Label(), "outcome");
    private final Button enter = button("Enter");
    private final Button start = button("Ctrl+Enter");
    private final Button escape = button("Esc");

    ActionBox(PlanViewModel model) {
        this.model = model;
        getStyleClass().add("action-box");
        step.setId("plan-step");
        refusal.setId("plan-refusal");
        outcome.setId("plan-outcome");
        step.setWrapText(true);
        refusal.setWrapText(true);
        outcome.setWrapText(true);
        countdown.setMaxWidth(Double.MAX_VALUE);
        enter.setOnAction(_ -> model.enter());
        start.setOnAction(_ -> model.start());
        escape.setOnAction(_ -> model.escape());
        Label held = wrapped("held-by", model.notes().heldByOtherProperty());
        held.setId("held-by-other");
        getChildren().addAll(held, safeguards(), step, countdown, refusal, outcome, new Buttons(enter, start, escape));
        model.stageProperty().addListener(_ -> show());
        model.secondsLeftProperty().addListener(_ -> show());
        model.notes().refusalProperty().addListener(_ -> show());
        model.notes().outcomeProperty().addListener(_ -> show());
        show();
    }

    private VBox safeguards() {
        Safeguards safe = model.safeguards();
        TextField reason = new TextField();
        reason.setId("plan-reason");
        reason.setPromptText(PaneText.of("plan.reason"));
        reason.textProperty().bindBidirectional(safe.reasonProperty());
        CheckBox risk = new CheckBox();
        risk.setWrapText(true);
        risk.textProperty().bind(model.stageProperty().map(this::riskWords));
        risk.setId("plan-accept-risk");
        risk.selectedProperty().bindBidirectional(safe.acceptRiskProperty());
        var adds = Bindings.createBooleanBinding(this::offersRisk, model.stageProperty(), safe.acceptRiskProperty());
        risk.visibleProperty().bind(adds);
        risk.managedProperty().bind(adds);
        TextField code = new TextField();
        code.setId("plan-code");
        code.promptTextProperty().bind(safe.requiredCodeProperty().map(c -> PaneText.of("plan.typeCode", c)));
        code.textProperty().bindBidirectional(safe.typedCodeProperty());
        var asked = safe.requiredCodeProperty().isNotEmpty();
        code.visibleProperty().bind(asked);
        code.managedProperty().bind(asked);
        VBox box = new VBox(6, reason, risk, code);
        box.disableProperty().bind(model.stageProperty().map(ActionBox::isOver));
        return box;
    }

    private String riskWords(PlanStage stage) {
        Plan plan = stage.shown();
        return plan == null || !plan.addsViolation()
                ? PaneText.of("plan.acceptRisk")
                : PaneText.of("plan.acceptRiskOf", EffectText.risk(model.lattice(), plan));
    }

    private boolean offersRisk() {
        PlanStage stage = model.stageProperty().get();
        return (stage.isCurrent() && stage.shown() != null && stage.shown().addsViolation())
                || model.safeguards().acceptRiskProperty().get();
    }

    private static boolean isOver(PlanStage stage) {
        return stage instanceof PlanStage.Starting
                || stage instanceof PlanStage.Unknown
                || stage instanceof PlanStage.Started;
    }

    private void show() {
        PlanStage stage = model.stageProperty().get();
        boolean armed = stage instanceof PlanStage.Armed;
        pseudoClassStateChanged(ARMED, armed);
        step.setText(sentence(stage));
        countdown.setShare(armed ? model.secondsLeftProperty().get() / 30.0 : Double.NaN);
        countdown.setVisible(armed);
        Refusal no = model.notes().refusalProperty().get();
        showIf(refusal, no == null ? "" : no.sentence());
        Outcome result = model.notes().outcomeProperty().get();
        showIf(outcome, result == null ? "" : result.sentence());
        boolean over = stage instanceof PlanStage.Started;
        enter.setText(PaneText.of(over ? "plan.done" : stage.isCurrent() ? "plan.arm" : "plan.plan"));
        enter.setDisable(!(over || stage instanceof PlanStage.Planned || stage instanceof PlanStage.Editing));
        start.setText(PaneText.of("plan.start"));
        start.setDisable(!armed);
        escape.setText(PaneText.of(armed ? "plan.disarm" : "plan.close"));
    }

    private String sentence(PlanStage stage) {
        return switch (stage) {
            case PlanStage.Editing _ -> PaneText.of("step.editing");
            case PlanStage.Planning _ -> PaneText.of("step.planning");
            case PlanStage.Planned _ -> PaneText.of("step.planned");
            case PlanStage.Arming _ -> PaneText.of("step.arming");
            case PlanStage.Armed _ ->
                PaneText.of("step.armed", model.secondsLeftProperty().get() + "");
            case PlanStage.Starting _ -> PaneText.of("step.starting");
            case PlanStage.Unknown _ -> PaneText.of("step.unknown");
            case PlanStage.Started _ -> started();
        };
    }

    private String started() {
        Outcome result = model.notes().outcomeProperty().get();
        boolean runs =
                result == null || result.state() == OperationState.RUNNING || result.state() == OperationState.HELD;
        return PaneText.of(runs ? "step.started" : "step.over");
    }

    private static void showIf(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
        label.setManaged(!text.isEmpty());
    }

    private static Label wrapped(String styleClass, ObservableValue<String> text) {
        Label label = Styles.with(new Label(), styleClass);
        label.setWrapText(true);
        label.textProperty().bind(text);
        label.visibleProperty().bind(text.map(t -> !t.isEmpty()));
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    private static Button button(String keys) {
        Button button = Styles.with(new Button("", Styles.with(new Label(keys), Styles.KEY_HINT)), "action-button");
        button.setContentDisplay(ContentDisplay.RIGHT);
        return button;
    }
}
