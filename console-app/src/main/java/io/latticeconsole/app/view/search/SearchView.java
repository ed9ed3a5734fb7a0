package io.latticeconsole.app.view.search;

import io.latticeconsole.app.fx.StateFeed;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.textfield.CustomTextField;
import org.controlsfx.control.textfield.TextFields;

/// The search field of the left rail with what it finds beneath. Down and Up move, Enter chooses, Esc leaves.
public final class SearchView extends VBox {
    private static final int MOST = 8;
    private static final double ROW = 26;

    private final ObjectIndex index = new ObjectIndex();
    private final CustomTextField field = (CustomTextField) TextFields.createClearableTextField();
    private final ListView<Found> results = new ListView<>();
    private final Label nothing = Styles.with(new Label(), Styles.CARD_NOTE, Styles.DIM);
    private final StateFeed feed;
    private final Consumer<Found> chosen;

    /// @param chosen what happens with the object that was chosen
    public SearchView(StateFeed feed, Consumer<Found> chosen) {
        this.feed = feed;
        this.chosen = chosen;
        setSpacing(4);
        field.setPromptText(Words.of("search.prompt"));
        field.setAccessibleText(Words.of("search.accessible"));
        field.setId("search");
        field.textProperty().addListener((_, _, query) -> show(query));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        results.setFocusTraversable(false);
        results.setCellFactory(_ -> new FoundCell());
        results.setFixedCellSize(ROW);
        results.setOnMouseClicked(_ -> choose());
        nothing.setId("search-nothing");
        nothing.setWrapText(true);
        getChildren().addAll(field, results, nothing);
        show("");
    }

    /// Puts the keyboard into the field, its text selected.
    public void enter() {
        field.requestFocus();
        field.selectAll();
    }

    private void show(String query) {
        List<Found> found = index.find(feed.newest(), query, MOST);
        results.getItems().setAll(found);
        results.getSelectionModel().selectFirst();
        boolean any = !found.isEmpty();
        results.setVisible(any);
        results.setManaged(any);
        results.setPrefHeight(found.size() * ROW + 2);
        results.setMinHeight(found.size() * ROW + 2);
        boolean none = !any && !query.isBlank();
        nothing.setText(none ? Words.of("search.nothing", query.strip()) : "");
        nothing.setVisible(none);
        nothing.setManaged(none);
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> results.getSelectionModel().selectNext();
            case UP -> results.getSelectionModel().selectPrevious();
            case ENTER -> choose();
            case ESCAPE -> leave();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void choose() {
        Found found = results.getSelectionModel().getSelectedItem();
        if (found != null) {
            field.clear();
            chosen.accept(found);
        }
    }

    private void leave() {
        field.clear();
        getParent().requestFocus();
    }

    private static final class FoundCell extends ListCell<Found> {
        private final Label title = new Label();
        private final Label detail = Styles.with(new Label(), Styles.CARD_NOTE, Styles.DIM);
        private final HBox line = new HBox(8, title, spring(), detail);

        private static Region spring() {
            Region spring = new Region();
            HBox.setHgrow(spring, Priority.ALWAYS);
            return spring;
        }

        @Override
        protected void updateItem(Found item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            title.setText(item.title());
            title.setMinWidth(Region.USE_PREF_SIZE);
            detail.setText(item.detail());
            line.setMaxWidth(Double.MAX_VALUE);
            setPrefWidth(0);
            setGraphic(line);
        }
    }
}
