package io.latticeconsole.app.view.failovers;

import io.latticeconsole.app.control.Columns;
import io.latticeconsole.app.control.PhaseBar;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.ResourceName;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.StackPane;

/// The table of failovers; Enter or a double click goes to what was lost.
public final class FailoversView extends StackPane {
    public FailoversView(FailoversViewModel model, Consumer<ResourceName> go) {
        TableView<FailoverRow> table = table();
        table.setItems(model.rows());
        table.setId("failovers-table");
        table.getStyleClass().add("failovers");
        table.setAccessibleText(PaneText.of("failovers.title"));
        Runnable goToChosen = () -> {
            FailoverRow row = table.getSelectionModel().getSelectedItem();
            if (row != null) {
                go.accept(row.subject());
            }
        };
        table.setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                goToChosen.run();
            }
        });
        table.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER && !e.isShortcutDown()) {
                goToChosen.run();
                e.consume();
            }
        });
        table.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> {
            if (row != null) {
                model.chosenProperty().set(row);
            }
        });
        getChildren().add(table);
    }

    private static TableView<FailoverRow> table() {
        return Columns.table(
                PaneText.of("failovers.empty"),
                List.of(
                        column("failover", 65, FailoverText::code),
                        column("lostAt", 75, FailoverText::lostAt),
                        column("subject", 95, FailoverText::subject),
                        column("cause", 150, FailoverText::cause),
                        Columns.control(
                                PaneText.of("column.phases"),
                                300,
                                FailoverRow::textProperty,
                                PhaseBar::new,
                                (bar, text) -> bar.show(text.phases())),
                        number("total", 65, FailoverText::total),
                        number("inFlight", 65, FailoverText::inFlight),
                        number("retried", 60, FailoverText::retried),
                        number("migrated", 68, FailoverText::migrated),
                        number("lost", 45, FailoverText::lost),
                        column("destinations", 260, FailoverText::destinations),
                        column("placements", 220, FailoverText::placements)));
    }

    private static TableColumn<FailoverRow, String> column(
            String key, double width, Function<FailoverText, String> read) {
        return Columns.text(PaneText.of("column." + key), width, FailoverRow::textProperty, read);
    }

    private static TableColumn<FailoverRow, String> number(
            String key, double width, Function<FailoverText, String> read) {
        return Columns.number(PaneText.of("column." + key), width, FailoverRow::textProperty, read);
    }
}
