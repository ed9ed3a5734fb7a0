package io.latticeconsole.app.control;

import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Styles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Makes columns of tables whose rows stay while what they show changes.
public final class Columns {
    private Columns() {}

    /// A column of text that follows its row.
    public static <R, T> TableColumn<R, String> text(
            String title, double width, Function<R, ObservableValue<T>> follow, Function<T, String> read) {
        TableColumn<R, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(f -> follow.apply(f.getValue()).map(read));
        return column;
    }

    /// The same with its text at the right edge, as numbers are read.
    public static <R, T> TableColumn<R, String> number(
            String title, double width, Function<R, ObservableValue<T>> follow, Function<T, String> read) {
        TableColumn<R, String> column = text(title, width, follow, read);
        column.getStyleClass().add("numeric");
        return column;
    }

    /// A column that shows a control, one per visible row, told what to show whenever its row changes.
    public static <R, T, N extends Node> TableColumn<R, T> control(
            String title,
            double width,
            Function<R, ObservableValue<T>> follow,
            Supplier<N> control,
            BiConsumer<N, T> show) {
        TableColumn<R, T> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(f -> follow.apply(f.getValue()));
        column.setCellFactory(_ -> new ControlCell<>(control.get(), show));
        return column;
    }

    /// A table with these columns that says what would be here while it is empty.
    public static <R> TableView<R> table(String whenEmpty, List<TableColumn<R, ?>> columns) {
        TableView<R> table = new TableView<>();
        table.getColumns().setAll(columns);
        Label placeholder = Styles.with(new Label(whenEmpty), Styles.DIM);
        placeholder.setWrapText(true);
        table.setPlaceholder(placeholder);
        growWithText(table);
        return table;
    }

    /// Has the columns of a table grow with the text, from the widths they have now.
    public static void growWithText(TableView<?> table) {
        Map<TableColumn<?, ?>, Double> usual = new HashMap<>();
        table.getColumns().forEach(c -> usual.put(c, c.getPrefWidth()));
        StyleSheets.textScale(table)
                .subscribe(scale -> usual.forEach((column, width) -> column.setPrefWidth(width * scale)));
    }

    private static final class ControlCell<R, T, N extends Node> extends TableCell<R, T> {
        private final N control;
        private final BiConsumer<N, T> show;

        ControlCell(N control, BiConsumer<N, T> show) {
            this.control = control;
            this.show = show;
        }

        @Override
        protected void updateItem(T item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
            } else {
                show.accept(control, item);
                setGraphic(control);
            }
        }
    }
}
