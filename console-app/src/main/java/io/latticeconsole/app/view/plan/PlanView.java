package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/// The plan panel of the right rail: form and plan scroll, what arms and starts stays in sight below. Enter plans and
/// arms, Ctrl+Enter starts, Esc disarms or closes, wherever in the panel the keyboard is.
public final class PlanView extends BorderPane {
    private final PlanViewModel model;
    private final Label title = Styles.with(new Label(), Styles.TITLE);
    private final VBox form = new VBox();
    private final VBox content;

    public PlanView(PlanViewModel model) {
        this.model = model;
        getStyleClass().add("plan-panel");
        setId("plan-panel");
        setFocusTraversable(true);
        Label harmless = Styles.with(new Label(PaneText.of("plan.harmless")), Styles.SUBTITLE);
        harmless.setWrapText(true);
        title.setWrapText(true);
        title.setId("plan-title");
        content = Styles.with(new VBox(title, harmless, form, new EffectView(model)), "plan-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setCenter(scroll);
        setBottom(new ActionBox(model));
        model.formProperty().addListener(_ -> showForm());
        visibleProperty().addListener(_ -> takeKeyboard());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        showForm();
    }

    private void showForm() {
        PlanForm open = model.formProperty().get();
        form.getChildren().clear();
        if (open != null) {
            title.setText(PlanTitles.of(model.lattice(), open));
            form.getChildren().add(new FormView(model, open));
            takeKeyboard();
        }
    }

    /// A panel cannot have the keyboard before it shows, and may be shown after its form was opened.
    private void takeKeyboard() {
        if (isVisible() && model.formProperty().get() != null) {
            requestFocus();
        }
    }

    private void key(KeyEvent event) {
        if (event.getTarget() instanceof ComboBoxBase<?> box && box.isShowing()) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER) {
            commitSpinner();
            boolean onButton = event.getTarget() instanceof Button && !event.isShortcutDown();
            if (onButton) {
                ((Button) event.getTarget()).fire();
            } else if (event.isShortcutDown()) {
                model.start();
            } else {
                model.enter();
            }
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            model.escape();
            event.consume();
        }
    }

    /// A number typed into a spinner counts at once, not only when the keyboard leaves it.
    private void commitSpinner() {
        Node at = getScene() == null ? null : getScene().getFocusOwner();
        while (at != null && !(at instanceof Spinner<?>)) {
            at = at.getParent();
        }
        if (at instanceof Spinner<?> spinner) {
            spinner.commitValue();
        }
    }
}
