package io.latticeconsole.app.control;

import io.latticeconsole.app.style.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A headed column of cards, one for each row of a list; a card keeps its place while its row changes.
public final class CardList<R> extends VBox {
    private final ObservableList<R> rows;
    private final Supplier<? extends Face<R>> faces;
    private final Consumer<R> choose;
    private final Predicate<R> picked;
    private final VBox cards = new VBox(4);
    private final List<Place> shown = new ArrayList<>();

    /// What one card shows.
    public interface Face<R> {
        /// The lines of the card.
        VBox lines();

        /// Shows a row and returns it in words, for those who listen to it.
        String show(R row);
    }

    /// @param faces makes the inside of one more card @param choose what picking a card does
    /// @param picked whether a row is the one picked now; asked again by [#pick]
    public CardList(
            ObservableList<R> rows, Supplier<? extends Face<R>> faces, Consumer<R> choose, Predicate<R> picked) {
        this.rows = rows;
        this.faces = faces;
        this.choose = choose;
        this.picked = picked;
        setSpacing(6);
        getChildren().add(cards);
        rows.addListener((ListChangeListener<R>) _ -> show());
        show();
    }

    /// Puts a heading with a note at its end above the cards.
    public CardList<R> under(String title, String remark) {
        Label heading = Styles.with(new Label(title), Styles.SECTION_HEADING);
        Label note = Styles.with(new Label(remark), Styles.SECTION_NOTE);
        HBox header = new HBox(heading, spring(), note);
        header.setPadding(new Insets(0, 10, 0, 10));
        getChildren().addFirst(header);
        return this;
    }

    /// A line of a card: one text that gives way, and what stands at its end.
    public static HBox line(Label left, Region... right) {
        left.setMinWidth(0);
        HBox line = new HBox(6, left, spring());
        line.getChildren().addAll(right);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    /// Marks the card whose row is picked now.
    public void pick() {
        shown.forEach(Place::pick);
    }

    private void show() {
        while (shown.size() > rows.size()) {
            shown.removeLast();
            cards.getChildren().removeLast();
        }
        while (shown.size() < rows.size()) {
            Place place = new Place(faces.get());
            shown.add(place);
            cards.getChildren().add(place.card);
        }
        for (int i = 0; i < shown.size(); i++) {
            shown.get(i).show(rows.get(i));
        }
        pick();
    }

    private static Region spring() {
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    private final class Place {
        private final Face<R> face;
        private final Card card;
        private @Nullable R row;

        private Place(Face<R> face) {
            this.face = face;
            VBox lines = face.lines();
            HBox.setHgrow(lines, Priority.ALWAYS);
            card = new Card(this::choose, lines);
        }

        private void choose() {
            if (row != null) {
                choose.accept(row);
            }
        }

        private void show(R next) {
            if (!next.equals(row)) {
                row = next;
                card.setAccessibleText(face.show(next));
            }
        }

        private void pick() {
            card.setPicked(row != null && picked.test(row));
        }
    }
}
