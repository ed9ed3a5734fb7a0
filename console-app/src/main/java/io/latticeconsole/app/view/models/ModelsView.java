package io.latticeconsole.app.view.models;

import io.latticeconsole.app.control.CardList;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.app.view.selection.Selection;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The models as cards: name, replicas, the objective metric's 95th percentile, marked when it is in trouble.
public final class ModelsView extends StackPane {
    public ModelsView(ModelsViewModel model, Selection selection) {
        CardList<ModelRow> cards = new CardList<>(
                model.rows(),
                ModelFace::new,
                row -> selection.select(row.id()),
                row -> row.id().equals(selection.selected()));
        getChildren().add(cards.under(Words.of("models.heading"), Words.of("models.note")));
        selection.selectedProperty().addListener(_ -> cards.pick());
    }

    private static final class ModelFace implements CardList.Face<ModelRow> {
        private final Label name = Styles.with(new Label(), Styles.CARD_NAME);
        private final Label note = Styles.with(new Label(), Styles.CARD_NOTE);
        private final SeverityMark mark = new SeverityMark();
        private final Label metric = Styles.with(new Label(), Styles.CARD_NOTE);
        private final Label value = Styles.with(new Label(), Styles.CARD_NAME);

        @Override
        public VBox lines() {
            for (Label label : List.of(value, metric)) {
                label.setMinWidth(Region.USE_PREF_SIZE);
            }
            return new VBox(2, CardList.line(name, mark, value), CardList.line(note, metric));
        }

        @Override
        public String show(ModelRow row) {
            name.setText(row.name());
            note.setText(
                    row.ready() == row.replicas()
                            ? Words.counted("replicas", row.replicas())
                            : Words.of("models.ready", row.ready(), Words.counted("replicas", row.replicas())));
            metric.setText(Words.of("metric", row.metric()));
            value.setText(Figures.text(row.p95()));
            mark.setPriority(row.priority());
            return Words.of(
                    "models.accessible",
                    row.name(),
                    note.getText(),
                    metric.getText(),
                    value.getText(),
                    Figures.text(row.limit()));
        }
    }
}
