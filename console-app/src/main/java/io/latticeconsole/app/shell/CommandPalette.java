package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A field and what matches it, over the centre; not modal: everything else goes on and can be used. Enter runs, Esc
/// closes and gives the keyboard back.
final class CommandPalette extends VBox {
    private static final double ROW = 28;
    private static final int ROWS = 12;

    private final PaletteViewModel model;
    private final TextField field = new TextField();
    private final ListView<PaletteEntry> list = new ListView<>();
    private @Nullable Node before;

    CommandPalette(PaletteViewModel model) {
        this.model = model;
        setId("palette");
        getStyleClass().add("palette");
        setMaxSize(560, Region.USE_PREF_SIZE);
        setVisible(false);
        field.setPromptText(Words.of("palette.prompt"));
        field.setAccessibleText(Words.of("palette.accessible"));
        field.textProperty().addListener((_, _, query) -> fill(query));
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        field.focusedProperty().addListener((_, _, focused) -> closeUnless(focused));
        list.setFocusTraversable(false);
        list.setFixedCellSize(ROW);
        list.setCellFactory(_ -> new EntryCell());
        list.setOnMouseClicked(_ -> run());
    }

    void open() {
        if (!isVisible() && getScene() != null) {
            before = getScene().getFocusOwner();
        }
        if (getChildren().isEmpty()) {
            getChildren().addAll(field, list);
        }
        field.clear();
        fill("");
        setVisible(true);
        toFront();
        field.requestFocus();
    }

    void close() {
        if (isVisible()) {
            setVisible(false);
            if (before != null) {
                before.requestFocus();
            }
        }
    }

    private void closeUnless(boolean focused) {
        if (!focused && isVisible() && !list.isHover()) {
            setVisible(false);
        }
    }

    private void fill(String query) {
        list.getItems().setAll(model.entries(query));
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
        double height = Math.max(1, Math.min(ROWS, list.getItems().size())) * ROW + 2;
        list.setPrefHeight(height);
        list.setMinHeight(height);
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case ENTER -> run();
            case ESCAPE -> close();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int by) {
        int size = list.getItems().size();
        if (size > 0) {
            int next = Math.floorMod(list.getSelectionModel().getSelectedIndex() + by, size);
            list.getSelectionModel().select(next);
            list.scrollTo(Math.max(0, next - ROWS + 2));
        }
    }

    private void run() {
        PaletteEntry entry = list.getSelectionModel().getSelectedItem();
        if (entry != null) {
            close();
            entry.action().run();
        }
    }

    private static final class EntryCell extends ListCell<PaletteEntry> {
        private final Label title = new Label();
        private final Label detail = Styles.with(new Label(), "entry-kind");
        private final HBox line;

        EntryCell() {
            Region spring = new Region();
            HBox.setHgrow(spring, Priority.ALWAYS);
            line = new HBox(8, title, spring, detail);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(PaletteEntry item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            title.setText(item.title());
            detail.setText(item.detail());
            setGraphic(line);
        }
    }
}
