package io.latticeconsole.app.view.exercise;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.exercise.FaultKind;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// The exercise pane: a fault to inject, the faults that are active, the lattice's clock. Enter injects.
public final class ExerciseView extends VBox {
    private static final double[] RATES = {0.5, 1, 2, 5, 10};
    private final ExerciseViewModel model;
    private final Runnable close;
    private final GridPane grid = new GridPane(10, 6);
    private final ComboBox<String> target = new ComboBox<>();
    private final ComboBox<FaultKind> kind = new ComboBox<>();
    private boolean listing;

    public ExerciseView(ExerciseViewModel model, Runnable close) {
        this.model = model;
        this.close = close;
        getStyleClass().add("exercise-pane");
        Label title = Styles.with(new Label(PaneText.of("exercise.title")), Styles.TITLE);
        Label what = Styles.with(new Label(PaneText.of("exercise.what")), Styles.SUBTITLE);
        what.setWrapText(true);
        Button inject = button("exercise.inject", "Enter", model::inject);
        inject.setId("inject");
        Button leave = button("exercise.close", "Esc", close);
        Label problem = followed(model.problemProperty(), "problem");
        problem.setId("exercise-problem");
        Label note = followed(model.noteProperty(), "note");
        note.setId("exercise-note");
        fillForm();
        getChildren()
                .addAll(
                        title,
                        what,
                        grid,
                        new HBox(8, inject, leave),
                        problem,
                        note,
                        heading("exercise.active"),
                        new FaultCards(model, kind::requestFocus),
                        heading("exercise.clock"),
                        clock());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    /// Puts the keyboard on the kind of fault.
    public void focusFirst() {
        kind.requestFocus();
    }

    private void key(KeyEvent event) {
        boolean open = kind.isShowing() || target.isShowing();
        if (open) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER && !(event.getTarget() instanceof Button)) {
            target.commitValue();
            model.inject();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE) {
            close.run();
            event.consume();
        }
    }

    private void fillForm() {
        FaultForm form = model.form();
        kind.getItems().setAll(FaultKind.values());
        kind.setConverter(new KindNames());
        kind.setId("fault-kind");
        kind.valueProperty().bindBidirectional(form.kindProperty());
        target.setEditable(true);
        target.setId("fault-target");
        target.getEditor().textProperty().bindBidirectional(form.targetProperty());
        // The box writes its value into its editor whenever it is shown anew.
        target.valueProperty().bindBidirectional(form.targetProperty());
        target.setOnShowing(_ -> list());
        grow(kind);
        grow(target);
        form.kindProperty().addListener(_ -> showFields());
        showFields();
    }

    private void list() {
        if (!listing) {
            listing = true;
            String typed = model.form().targetProperty().get();
            target.getItems().setAll(model.choices());
            target.getEditor().setText(typed);
            listing = false;
        }
    }

    private void showFields() {
        FaultForm form = model.form();
        grid.getChildren().clear();
        row(0, "field.kind", kind);
        target.setPromptText(form.targetPrompt());
        row(1, "exercise.target", target);
        int next = 2;
        if (form.hasMagnitude()) {
            row(next++, "field.magnitude", field(form.magnitudeProperty(), form.magnitudePrompt(), "fault-magnitude"));
        }
        if (form.hasXid()) {
            row(next++, "field.xid", field(form.xidProperty(), "79", "fault-xid"));
            row(next++, "field.accelerator_index", field(form.acceleratorProperty(), "0", "fault-accelerator"));
        }
        if (form.hasVersion()) {
            row(
                    next++,
                    "field.version",
                    field(form.versionProperty(), PaneText.of("fault.version.prompt"), "fault-version"));
        }
        row(
                next,
                "field.duration_seconds",
                field(form.durationProperty(), PaneText.of("fault.untilCleared"), "fault-duration"));
    }

    private void row(int row, String key, Node field) {
        Label label = Styles.with(new Label(PaneText.of(key)), Styles.DIM);
        label.setLabelFor(field);
        label.setMinWidth(Region.USE_PREF_SIZE);
        GridPane.setHgrow(field, Priority.ALWAYS);
        grid.addRow(row, label, field);
    }

    private static TextField field(StringProperty text, String prompt, String id) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.textProperty().bindBidirectional(text);
        return field;
    }

    private static void grow(ComboBox<?> box) {
        box.setMaxWidth(Double.MAX_VALUE);
    }

    private static Label heading(String key) {
        return Styles.with(new Label(PaneText.of(key)), Styles.SECTION_HEADING);
    }

    private static Label followed(ObservableValue<String> text, String styleClass) {
        Label label = Styles.with(new Label(), styleClass);
        label.setWrapText(true);
        label.textProperty().bind(text);
        label.visibleProperty().bind(text.map(t -> !t.isEmpty()));
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    private static Button button(String key, String keys, Runnable action) {
        Label hint = Styles.with(new Label(keys), Styles.KEY_HINT);
        Button button = Styles.with(new Button(PaneText.of(key), hint), "action-button");
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private Node clock() {
        Label now = new Label();
        now.setId("exercise-clock");
        now.textProperty().bind(model.clockProperty());
        Button pause = new Button();
        pause.setId("clock-pause");
        pause.textProperty().bind(model.pausedProperty().map(p -> PaneText.of(p ? "clock.goOn" : "clock.pause")));
        pause.setOnAction(_ -> model.pauseOrGoOn());
        HBox buttons = new HBox(6, pause);
        for (double rate : RATES) {
            String name = "× " + (rate == Math.rint(rate) ? Long.toString(Math.round(rate)) : Double.toString(rate));
            Button set = new Button(name);
            set.setOnAction(_ -> model.setRate(rate));
            buttons.getChildren().add(set);
        }
        return new VBox(6, now, buttons);
    }

    private static final class KindNames extends StringConverter<FaultKind> {
        @Override
        public String toString(FaultKind kind) {
            return kind == null ? "" : PaneText.of("fault.kind", kind);
        }

        @Override
        public FaultKind fromString(String text) {
            throw new IllegalArgumentException("the list of kinds is not editable: " + text);
        }
    }
}
