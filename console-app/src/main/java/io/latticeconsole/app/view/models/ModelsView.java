package io.latticeconsole.app.view.models;

import io.latticeconsole.app.control.Card;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.app.view.selection.Selection;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The models as cards: name, replicas, the objective metric's 95th percentile, marked when it is in trouble.
public final class ModelsView extends VBox {
    private final Selection selection;
    private final ModelsViewModel model;
    private final VBox cards = new VBox(4);
    private final List<ModelCard> shown = new ArrayList<>();

    public ModelsView(ModelsViewModel model, Selection selection) {
        this.model = model;
        this.selection = selection;
        setSpacing(6);
        Label heading = Styles.with(new Label(Words.of("models.heading")), Styles.SECTION_HEADING);
        Label note = Styles.with(new Label(Words.of("models.note")), Styles.SECTION_NOTE);
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        HBox header = new HBox(heading, spring, note);
        header.setPadding(new Insets(0, 10, 0, 10));
        getChildren().addAll(header, cards);
        model.rows().addListener((ListChangeListener<ModelRow>) _ -> show());
        selection.selectedProperty().addListener(_ -> pick());
        show();
    }

    private void show() {
        while (shown.size() > model.rows().size()) {
            shown.removeLast();
            cards.getChildren().removeLast();
        }
        while (shown.size() < model.rows().size()) {
            ModelCard card = new ModelCard();
            shown.add(card);
            cards.getChildren().add(card.card);
        }
        for (int i = 0; i < shown.size(); i++) {
            shown.get(i).show(model.rows().get(i));
        }
        pick();
    }

    private void pick() {
        for (ModelCard card : shown) {
            card.card.setPicked(card.row != null && card.row.id().equals(selection.selected()));
        }
    }

    private final class ModelCard {
        private final Label name = Styles.with(new Label(), Styles.CARD_NAME);
        private final Label note = Styles.with(new Label(), Styles.CARD_NOTE);
        private final SeverityMark mark = new SeverityMark();
        private final Label metric = Styles.with(new Label(), Styles.CARD_NOTE);
        private final Label value = Styles.with(new Label(), Styles.CARD_NAME);
        private final Card card;
        private @Nullable ModelRow row;

        private ModelCard() {
            for (Label label : List.of(value, metric)) {
                label.setMinWidth(Region.USE_PREF_SIZE);
            }
            VBox lines = new VBox(2, line(name, mark, value), line(note, metric));
            HBox.setHgrow(lines, Priority.ALWAYS);
            card = new Card(this::choose, lines);
        }

        private static HBox line(Label left, Region... right) {
            left.setMinWidth(0);
            Region spring = new Region();
            HBox.setHgrow(spring, Priority.ALWAYS);
            HBox line = new HBox(6, left, spring);
            line.getChildren().addAll(right);
            line.setAlignment(Pos.CENTER_LEFT);
            return line;
        }

        private void choose() {
            if (row != null) {
                selection.select(row.id());
            }
        }

        private void show(ModelRow next) {
            if (next.equals(row)) {
                return;
            }
            row = next;
            name.setText(next.name());
            note.setText(
                    next.ready() == next.replicas()
                            ? Words.counted("replicas", next.replicas())
                            : Words.of("models.ready", next.ready(), Words.counted("replicas", next.replicas())));
            metric.setText(Words.of("metric", next.metric()));
            value.setText(Figures.text(next.p95()));
            mark.setPriority(next.priority());
            card.setAccessibleText(Words.of(
                    "models.accessible",
                    next.name(),
                    note.getText(),
                    metric.getText(),
                    value.getText(),
                    Figures.text(next.limit())));
        }
    }
}
