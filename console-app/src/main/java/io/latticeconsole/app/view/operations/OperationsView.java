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
                        column("operation", 75, OperationText::code),
                        column("kind", 70, OperationText::kind),
                        column("targets", 130, OperationText::targets),
                        column("state", 80, OperationText::state),
                        column("phase", 95, OperationText::phase),
                        column("progress", 270, OperationText::counters),
                        column("operator", 130, OperationText::operator),
                        column("started", 70, OperationText::started),
                        Columns.number(
                                PaneText.of("column.lasted"), 70, OperationRow::textProperty, OperationText::lasted),
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
