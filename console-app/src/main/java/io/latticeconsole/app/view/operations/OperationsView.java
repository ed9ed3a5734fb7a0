package io.latticeconsole.app.view.operations;

import io.latticeconsole.app.control.Columns;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// The table of operations beside the details of the chosen one.
public final class OperationsView extends HBox {
    private final TableView<OperationRow> table;

    public OperationsView(OperationsViewModel model) {
        getStyleClass().add("operations");
        table = Columns.table(
                PaneText.of("operations.empty"),
                List.of(
                        column("operation", 62, OperationText::code),
                        column("kind", 75, OperationText::kind),
                        column("targets", 175, OperationText::targets),
                        column("state", 90, OperationText::state),
                        column("phase", 85, OperationText::phase),
                        column("progress", 215, OperationText::counters),
                        column("started", 72, OperationText::started),
                        Columns.number(
                                PaneText.of("column.lasted"), 65, OperationRow::textProperty, OperationText::lasted),
                        column("operator", 140, OperationText::operator),
                        column("reason", 160, OperationText::reason)));
        table.setItems(model.rows());
        table.setId("operations-table");
        table.setAccessibleText(PaneText.of("operations.title"));
        OperationDetail detail = new OperationDetail(model);
        setHgrow(table, Priority.ALWAYS);
        getChildren().addAll(table, Styles.with(detail, "detail"));
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

    private static TableColumn<OperationRow, String> column(
            String key, double width, Function<OperationText, String> read) {
        return Columns.text(PaneText.of("column." + key), width, OperationRow::textProperty, read);
    }
}
