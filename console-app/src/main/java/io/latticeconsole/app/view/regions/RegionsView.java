package io.latticeconsole.app.view.regions;

import io.latticeconsole.app.control.CardList;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.control.ShareBar;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.app.view.selection.Selection;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The regions as cards: name, nodes, head-room, worst trouble within.
public final class RegionsView extends StackPane {
    public RegionsView(RegionsViewModel model, Selection selection) {
        CardList<RegionRow> cards = new CardList<>(
                model.rows(),
                RegionFace::new,
                row -> selection.select(row.id()),
                row -> row.id().equals(selection.selected()));
        getChildren().add(cards.under(Words.of("regions.heading"), Words.of("regions.note")));
        selection.selectedProperty().addListener(_ -> cards.pick());
    }

    private static final class RegionFace implements CardList.Face<RegionRow> {
        private final Label name = Styles.with(new Label(), Styles.CARD_NAME);
        private final Label note = Styles.with(new Label(), Styles.CARD_NOTE);
        private final SeverityMark mark = new SeverityMark();
        private final ShareBar bar = new ShareBar(72);

        @Override
        public VBox lines() {
            bar.setMinWidth(72);
            return new VBox(2, CardList.line(name, mark), CardList.line(note, bar));
        }

        @Override
        public String show(RegionRow row) {
            name.setText(row.name());
            String nodes = Words.counted("nodes", row.nodes());
            note.setText(
                    !row.reachable()
                            ? Words.of("regions.unreachable")
                            : row.down() > 0 ? Words.of("regions.down", nodes, row.down()) : nodes);
            mark.setPriority(row.priority());
            bar.setShare(row.headroom().value());
            return Words.of(
                    "regions.accessible",
                    row.name(),
                    note.getText(),
                    Figures.text(row.headroom()),
                    row.priority() == 0 ? "" : Words.of("priority." + row.priority()));
        }
    }
}
