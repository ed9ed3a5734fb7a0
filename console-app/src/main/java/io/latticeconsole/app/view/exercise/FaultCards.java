package io.latticeconsole.app.view.exercise;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The active faults, each with a button that clears it. A fault keeps its card while its age counts on, so that the
/// keyboard stays where it is and no press of the mouse is lost; from one that ends it goes on to the next.
final class FaultCards extends VBox {
    private final ExerciseViewModel model;
    private final Map<String, Card> cards = new HashMap<>();
    private final Label none = Styles.with(new Label(PaneText.of("exercise.noFaults")), Styles.DIM);

    private final Runnable leave;

    /// @param leave takes the keyboard when the last card is gone that had it
    FaultCards(ExerciseViewModel model, Runnable leave) {
        super(4);
        this.model = model;
        this.leave = leave;
        model.faults().addListener((ListChangeListener<FaultRow>) _ -> show());
        show();
    }

    private void show() {
        List<FaultRow> faults = model.faults();
        boolean keyboard = cards.values().stream().anyMatch(c -> c.clear.isFocused());
        cards.keySet().retainAll(faults.stream().map(FaultRow::name).toList());
        getChildren().removeIf(c -> c.equals(none) ? !faults.isEmpty() : !cards.containsValue(c));
        for (int i = 0; i < faults.size(); i++) {
            FaultRow fault = faults.get(i);
            if (!cards.containsKey(fault.name())) {
                Card made = new Card(fault);
                cards.put(fault.name(), made);
                getChildren().add(Math.min(i, getChildren().size()), made);
            }
            Objects.requireNonNull(cards.get(fault.name())).show(fault);
        }
        if (faults.isEmpty() && getChildren().isEmpty()) {
            getChildren().add(none);
        }
        if (keyboard && cards.values().stream().noneMatch(c -> c.clear.isFocused())) {
            getChildren().stream()
                    .filter(Card.class::isInstance)
                    .findFirst()
                    .ifPresentOrElse(c -> ((Card) c).clear.requestFocus(), leave);
        }
    }

    private final class Card extends HBox {
        private final Label what = Styles.with(new Label(), Styles.CARD_NAME);
        private final Label note = Styles.with(new Label(), Styles.CARD_NOTE);
        private final Button clear = new Button(PaneText.of("exercise.clear"));

        Card(FaultRow fault) {
            super(8);
            Styles.with(this, Styles.CARD);
            VBox words = new VBox(what, note);
            words.setMinWidth(0);
            clear.setMinWidth(Region.USE_PREF_SIZE);
            clear.setOnAction(_ -> model.clear(fault));
            HBox.setHgrow(words, Priority.ALWAYS);
            setAlignment(Pos.CENTER_LEFT);
            getChildren().addAll(words, clear);
        }

        void show(FaultRow fault) {
            what.setText(fault.what() + " · " + fault.where());
            note.setText(fault.age() + " · " + fault.operator());
            clear.setAccessibleText(PaneText.of("exercise.clear") + " " + what.getText());
        }
    }
}
