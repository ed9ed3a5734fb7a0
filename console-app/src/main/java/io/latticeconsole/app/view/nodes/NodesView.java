package io.latticeconsole.app.view.nodes;

import io.latticeconsole.app.control.Columns;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.app.view.selection.Selection;
import io.latticeconsole.lattice.NodeId;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// The nodes table with its filter. What is selected here is selected everywhere; Ctrl+C copies the rows shown as CSV.
public final class NodesView extends VBox {
    private static final KeyCodeCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private final NodesViewModel model;
    private final Selection selection;
    private final TableView<NodeRow> table = new TableView<>();
    private final Label placeholder = Styles.with(new Label(), Styles.DIM);
    private final Label copied = Styles.with(new Label(), Styles.DIM);
    private boolean showing;

    public NodesView(NodesViewModel model, Selection selection) {
        this.model = model;
        this.selection = selection;
        getStyleClass().add("nodes");
        table.setId("nodes-table");
        table.setAccessibleText(PaneText.of("nodes.title"));
        table.getColumns().add(priorityColumn());
        for (NodeColumn column : NodeColumn.values()) {
            if (column.isInTable()) {
                table.getColumns().add(column(column));
            }
        }
        Columns.growWithText(table);
        table.setItems(model.rows());
        table.setPlaceholder(placeholder);
        table.setSortPolicy(_ -> {
            model.sortBy(order());
            return true;
        });
        table.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (COPY.match(e)) {
                copy();
                e.consume();
            }
        });
        table.addEventFilter(InputEvent.ANY, _ -> model.use());
        setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(tools(), table);
        follow();
    }

    private HBox tools() {
        TextField words = new TextField();
        words.setId("nodes-filter");
        words.setPromptText(PaneText.of("nodes.filter"));
        words.setPrefColumnCount(24);
        words.textProperty().bindBidirectional(model.wordsProperty());
        ComboBox<NodeFilter> state = new ComboBox<>();
        state.setId("nodes-state");
        state.getItems().setAll(NodeFilter.values());
        state.setConverter(new FilterNames());
        state.setAccessibleText(PaneText.of("nodes.state"));
        state.valueProperty().bindBidirectional(model.filterProperty());
        Label hint = Styles.with(new Label("Ctrl+C"), Styles.KEY_HINT);
        Button copy = Styles.with(new Button(PaneText.of("nodes.copy"), hint), "action-button");
        copy.setContentDisplay(ContentDisplay.RIGHT);
        copy.setOnAction(_ -> copy());
        copy.setMinWidth(Region.USE_PREF_SIZE);
        state.setMinWidth(Region.USE_PREF_SIZE);
        words.setMinWidth(60);
        copied.setMinWidth(0);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox tools = Styles.with(new HBox(10, words, state, gap, copied, copy), "table-tools");
        tools.setAlignment(Pos.CENTER_LEFT);
        return tools;
    }

    private TableColumn<NodeRow, NodeRow> priorityColumn() {
        TableColumn<NodeRow, NodeRow> column = new TableColumn<>("");
        column.setPrefWidth(28);
        column.setReorderable(false);
        column.setUserData(NodesViewModel.WORST_FIRST);
        column.setCellFactory(_ -> new LiveCell<>(model.tickProperty(), new SeverityMark()));
        return column;
    }

    private TableColumn<NodeRow, NodeRow> column(NodeColumn shown) {
        TableColumn<NodeRow, NodeRow> column = new TableColumn<>(shown.title());
        column.setPrefWidth(shown.width());
        column.setReorderable(false);
        column.setUserData(shown.order());
        if (shown.isNumeric()) {
            column.getStyleClass().add("numeric");
        }
        column.setCellFactory(_ -> new LiveCell<>(model.tickProperty(), shown));
        return column;
    }

    private Comparator<NodeRow> order() {
        Comparator<NodeRow> all = null;
        for (TableColumn<NodeRow, ?> column : table.getSortOrder()) {
            @SuppressWarnings("unchecked") // put there by the two methods above
            Comparator<NodeRow> one = (Comparator<NodeRow>) column.getUserData();
            Comparator<NodeRow> directed =
                    column.getSortType() == TableColumn.SortType.DESCENDING ? one.reversed() : one;
            all = all == null ? directed : all.thenComparing(directed);
        }
        return all == null ? NodesViewModel.WORST_FIRST : all;
    }

    private void follow() {
        table.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> {
            if (row != null && !showing) {
                selection.select(row.id());
            }
        });
        selection.selectedProperty().addListener(_ -> showSelected());
        model.tickProperty().addListener(_ -> {
            boolean filtered = !model.wordsProperty().get().isBlank()
                    || model.filterProperty().get() != NodeFilter.ALL;
            placeholder.setText(PaneText.of(filtered ? "nodes.emptyFiltered" : "nodes.empty"));
            showSelected();
        });
        placeholder.setText(PaneText.of("nodes.empty"));
    }

    /// Marks the selected node where the table shows it, without scrolling.
    private void showSelected() {
        NodeRow marked = table.getSelectionModel().getSelectedItem();
        Optional<NodeRow> wanted = selection.selected() instanceof NodeId node ? model.row(node) : Optional.empty();
        if (Objects.equals(marked, wanted.orElse(null))) {
            return;
        }
        showing = true;
        int index = wanted.map(model.rows()::indexOf).orElse(-1);
        if (index >= 0) {
            table.getSelectionModel().clearAndSelect(index);
        } else {
            table.getSelectionModel().clearSelection();
        }
        showing = false;
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(model.csv());
        Clipboard.getSystemClipboard().setContent(content);
        copied.setText(PaneText.of("nodes.copied", model.rows().size() + ""));
    }

    private static final class FilterNames extends StringConverter<NodeFilter> {
        @Override
        public String toString(NodeFilter filter) {
            return filter == null ? "" : PaneText.of("nodes.filter", filter);
        }

        @Override
        public NodeFilter fromString(String text) {
            throw new IllegalArgumentException("the list of states is not editable: " + text);
        }
    }
}
