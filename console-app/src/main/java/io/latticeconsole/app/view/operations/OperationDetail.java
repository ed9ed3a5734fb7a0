package io.latticeconsole.app.view.operations;

import io.latticeconsole.app.control.Buttons;
import io.latticeconsole.app.control.PhaseBar;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import javafx.beans.value.ChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The chosen operation: its phases and counts, who ordered it and why, and what can be done to it.
final class OperationDetail extends VBox {
    private final OperationsViewModel model;
    private final Label title = Styles.with(new Label(), Styles.STRONG);
    private final Label who = Styles.with(new Label(), Styles.DIM);
    private final PhaseBar phases = new PhaseBar();
    private final Label counters = new Label();
    private final Label message = new Label();
    private final Label hindsight = Styles.with(new Label(), Styles.DIM);
    private final Label note = new Label();
    private final Buttons actions;
    private final Button hold;
    private final Button plan;
    private final VBox cancel;
    private final TextField reason = new TextField();
    private final Label effect = new Label();
    private final ChangeListener<OperationText> follow = (_, _, text) -> show(text);

    OperationDetail(OperationsViewModel model) {
        this.model = model;
        setSpacing(6);
        hold = button("operations.hold", ".", model::holdOrResume);
        hold.setId("hold-resume");
        plan = button("operations.cancel", "X", model::planCancel);
        plan.setId("plan-cancel");
        actions = new Buttons(hold, plan);
        cancel = cancelBox();
        for (Label label : new Label[] {title, who, counters, message, hindsight, note, effect}) {
            label.setWrapText(true);
        }
        note.setId("operations-note");
        hindsight.setId("operation-hindsight");
        note.textProperty().bind(model.noteProperty());
        note.managedProperty().bind(note.textProperty().isNotEmpty());
        getChildren().addAll(title, who, actions, cancel, note, phases, counters, message, hindsight);
        model.chosenProperty().addListener((_, before, now) -> choose(before, now));
        model.cancellingProperty().addListener(_ -> showCancel());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        choose(null, null);
        showCancel();
    }

    private static Button button(String key, String keys, Runnable action) {
        Label hint = Styles.with(new Label(keys), Styles.KEY_HINT);
        Button button = Styles.with(new Button(PaneText.of(key), hint), "action-button");
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private VBox cancelBox() {
        reason.setPromptText(PaneText.of("operations.cancelReason"));
        reason.textProperty().bindBidirectional(model.cancelReasonProperty());
        Button confirm = button("operations.cancelConfirm", "Ctrl+Enter", model::confirmCancel);
        Button leave = button("operations.cancelLeave", "Esc", model::abandonCancel);
        return Styles.with(new VBox(6, effect, reason, new Buttons(confirm, leave)), "confirm-box");
    }

    private void key(KeyEvent event) {
        if (model.cancellingProperty().get() == null) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
            model.confirmCancel();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            model.abandonCancel();
            event.consume();
        }
    }

    private void choose(@Nullable OperationRow before, @Nullable OperationRow now) {
        if (before != null) {
            before.textProperty().removeListener(follow);
        }
        boolean any = now != null;
        for (Node part : new Node[] {who, phases, counters, message, hindsight}) {
            part.setVisible(any);
            part.setManaged(any);
        }
        if (now == null) {
            title.setText(PaneText.of("operations.choose"));
            showActions();
        } else {
            now.textProperty().addListener(follow);
            show(now.textProperty().get());
        }
    }

    private void show(OperationText text) {
        showActions();
        title.setText(text.code() + " · " + text.kind() + " " + text.targets() + " · " + text.state());
        String why = text.reason().isEmpty() ? "" : " · “" + text.reason() + "”";
        who.setText(text.operator() + why + " · " + text.started());
        phases.show(text.phases());
        counters.setText(text.counters());
        message.setText(text.message());
        message.setManaged(!text.message().isEmpty());
        hindsight.setText(text.hindsight());
        hindsight.setManaged(!text.hindsight().isEmpty());
    }

    /// What is over can be neither held nor cancelled.
    private void showActions() {
        OperationRow row = model.chosenProperty().get();
        boolean over = row == null || row.operation().state().isFinal();
        hold.setDisable(over);
        plan.setDisable(over);
    }

    private void showCancel() {
        boolean planned = model.cancellingProperty().get() != null;
        cancel.setVisible(planned);
        cancel.setManaged(planned);
        effect.setText(model.cancelEffect());
        if (planned) {
            reason.requestFocus();
        }
    }
}
