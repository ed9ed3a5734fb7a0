package io.latticeconsole.app.view.operations;

import io.latticeconsole.app.control.Columns;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// The table of operations beside the details of the chosen one.
public final class OperationsView extends HBox {
    /// Large letters in a small window leave the table the greater part.
    private static final double DETAIL_SHARE = 0.45;

    private final TableView<OperationRow> table;

    public OperationsView(OperationsViewModel model) {
        getStyleClass().add("operations");
        table = table();
        table.setItems(model.rows());
        table.setId("operations-table");
        table.setAccessibleText(PaneText.of("operations.title"));
        setHgrow(table, Priority.ALWAYS);
        getChildren().addAll(table, beside(model));
        table.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> {
            if (row != null) {
                model.chosenProperty().set(row);
            }
        });
        model.chosenProperty().addListener((_, _, row) -> {
            if (row == null) {
                table.getSelectionModel().clearSelection();
            } else {
                table.getSelectionModel().select(row);
            }
        });
    }

    private ScrollPane beside(OperationsViewModel model) {
        ScrollPane beside = Styles.with(new ScrollPane(new OperationDetail(model)), "detail");
        beside.setFitToWidth(true);
        beside.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        beside.setFocusTraversable(false);
        var least = Bindings.min(beside.prefWidthProperty(), widthProperty().multiply(DETAIL_SHARE));
        beside.minWidthProperty().bind(least);
        beside.maxWidthProperty().bind(least);
        return beside;
    }

    private static TableView<OperationRow> table() {
        return Columns.table(
                PaneText.of("operations.empty"),
                List.of(
                        column("operation", 76, OperationText::code),
                        column("kind", 70, OperationText::kind),
                        column("targets", 155, OperationText::targets),
                        column("state", 86, OperationText::state),
                        column("phase", 75, OperationText::phase),
                        column("progress", 256, OperationText::counters),
                        column("started", 80, OperationText::started),
                        Columns.number(
                                PaneText.of("column.lasted"), 60, OperationRow::textProperty, OperationText::lasted),
                        column("operator", 140, OperationText::operator),
                        column("reason", 160, OperationText::reason)));
    }

    private static TableColumn<OperationRow, String> column(
            String key, double width, Function<OperationText, String> read) {
        return Columns.text(PaneText.of("column." + key), width, OperationRow::textProperty, read);
    }
}
