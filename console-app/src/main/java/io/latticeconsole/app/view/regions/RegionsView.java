package io.latticeconsole.app.view.regions;

import io.latticeconsole.app.control.Card;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.control.ShareBar;
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

/// The regions as cards: name, nodes, head-room, worst trouble within.
public final class RegionsView extends VBox {
    private final Selection selection;
    private final RegionsViewModel model;
    private final VBox cards = new VBox(4);
    private final List<RegionCard> shown = new ArrayList<>();

    public RegionsView(RegionsViewModel model, Selection selection) {
        this.model = model;
        this.selection = selection;
        setSpacing(6);
        Label heading = Styles.with(new Label(Words.of("regions.heading")), Styles.SECTION_HEADING);
        Label note = Styles.with(new Label(Words.of("regions.note")), Styles.SECTION_NOTE);
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        HBox header = new HBox(heading, spring, note);
        header.setPadding(new Insets(0, 10, 0, 10));
        getChildren().addAll(header, cards);
        model.rows().addListener((ListChangeListener<RegionRow>) _ -> show());
        selection.selectedProperty().addListener(_ -> pick());
        show();
    }

    private void show() {
        while (shown.size() > model.rows().size()) {
            shown.removeLast();
            cards.getChildren().removeLast();
        }
        while (shown.size() < model.rows().size()) {
            RegionCard card = new RegionCard();
            shown.add(card);
            cards.getChildren().add(card.card);
        }
        for (int i = 0; i < shown.size(); i++) {
            shown.get(i).show(model.rows().get(i));
        }
        pick();
    }

    private void pick() {
        for (RegionCard card : shown) {
            card.card.setPicked(card.row != null && card.row.id().equals(selection.selected()));
        }
    }

    private final class RegionCard {
        private final Label name = Styles.with(new Label(), Styles.CARD_NAME);
        private final Label note = Styles.with(new Label(), Styles.CARD_NOTE);
        private final SeverityMark mark = new SeverityMark();
        private final ShareBar bar = new ShareBar(72);
        private final Card card;
        private @Nullable RegionRow row;

        private RegionCard() {
            bar.setMinWidth(72);
            VBox lines = new VBox(2, line(name, mark), line(note, bar));
            HBox.setHgrow(lines, Priority.ALWAYS);
            card = new Card(this::choose, lines);
        }

        private static HBox line(Label left, Region right) {
            left.setMinWidth(0);
            Region spring = new Region();
            HBox.setHgrow(spring, Priority.ALWAYS);
            HBox line = new HBox(6, left, spring, right);
            line.setAlignment(Pos.CENTER_LEFT);
            return line;
        }

        private void choose() {
            if (row != null) {
                selection.select(row.id());
            }
        }

        private void show(RegionRow next) {
            if (next.equals(row)) {
                return;
            }
            row = next;
            name.setText(next.name());
            String nodes = Words.counted("nodes", next.nodes());
            note.setText(
                    !next.reachable()
                            ? Words.of("regions.unreachable")
                            : next.down() > 0 ? Words.of("regions.down", nodes, next.down()) : nodes);
            mark.setPriority(next.priority());
            bar.setShare(next.headroom().value());
            card.setAccessibleText(Words.of(
                    "regions.accessible",
                    next.name(),
                    note.getText(),
                    Figures.text(next.headroom()),
                    next.priority() == 0 ? "" : Words.of("priority." + next.priority())));
        }
    }
}
