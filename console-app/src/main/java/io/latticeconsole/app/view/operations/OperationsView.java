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
                        column("operation", 80, OperationText::code),
                        column("kind", 80, OperationText::kind),
                        column("targets", 170, OperationText::targets),
                        column("state", 90, OperationText::state),
                        column("phase", 110, OperationText::phase),
                        column("progress", 330, OperationText::counters),
                        column("operator", 150, OperationText::operator),
                        column("started", 80, OperationText::started),
                        Columns.number(
                                PaneText.of("column.lasted"), 70, OperationRow::textProperty, OperationText::lasted),
                        column("reason", 180, OperationText::reason)));
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
