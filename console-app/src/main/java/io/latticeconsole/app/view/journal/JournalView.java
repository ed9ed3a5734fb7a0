package io.latticeconsole.app.view.journal;

import io.latticeconsole.app.control.Columns;
import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.ResourceName;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// The journal with its filter; the newest line stays in sight until somebody scrolls back. Enter or a double
/// click goes to the subject of a line.
public final class JournalView extends VBox {
    private static final PseudoClass GAP = PseudoClass.getPseudoClass("gap");
    private final JournalViewModel model;
    private final Consumer<ResourceName> go;
    private final TableView<JournalRow> table;
    private final Label placeholder = Styles.with(new Label(), Styles.DIM);
    private boolean awaitsLayout;

    public JournalView(JournalViewModel model, Consumer<ResourceName> go) {
        this.model = model;
        this.go = go;
        table = Columns.table(
                "",
                List.of(
                        Columns.control(
                                "",
                                28,
                                ReadOnlyObjectWrapper::new,
                                SeverityMark::new,
                                (m, r) -> m.setPriority(r.priority())),
                        column("time", 75, JournalRow::time),
                        column("gateway", 75, JournalRow::gateway),
                        column("event", 150, JournalRow::type),
                        column("subject", 120, JournalRow::subject),
                        column("message", 560, JournalRow::message),
                        column("operator", 90, JournalRow::operator),
                        column("cause", 110, JournalRow::cause)));
        table.setId("journal-table");
        table.setAccessibleText(PaneText.of("journal.title"));
        table.setPlaceholder(placeholder);
        table.setItems(model.rows());
        table.setRowFactory(_ -> new GapLine());
        setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(tools(), table);
        listen();
    }

    private HBox tools() {
        TextField words = new TextField();
        words.setId("journal-filter");
        words.setPromptText(PaneText.of("journal.filter"));
        words.setPrefColumnCount(24);
        words.textProperty().bindBidirectional(model.filterProperty());
        ComboBox<Integer> least = new ComboBox<>();
        least.getItems().setAll(List.of(0, 4, 3, 2, 1));
        least.setValue(model.leastPriorityProperty().get());
        least.setConverter(new LeastPriority());
        least.setAccessibleText(PaneText.of("journal.least"));
        least.valueProperty()
                .addListener((_, _, v) -> model.leastPriorityProperty().set(v));
        CheckBox follow = new CheckBox(PaneText.of("journal.follow"));
        follow.selectedProperty().bindBidirectional(model.followingProperty());
        words.setMinWidth(60);
        least.setMinWidth(USE_PREF_SIZE);
        follow.setMinWidth(USE_PREF_SIZE);
        HBox tools = Styles.with(new HBox(10, words, least, follow), "table-tools");
        tools.setAlignment(Pos.CENTER_LEFT);
        return tools;
    }

    private void listen() {
        model.rows().addListener((ListChangeListener<JournalRow>) _ -> rowsChanged());
        model.followingProperty().addListener(_ -> rowsChanged());
        rowsChanged();
        table.skinProperty().subscribe(_ -> followAfterLayout());
        table.heightProperty().subscribe(_ -> followAfterLayout());
        table.addEventFilter(ScrollEvent.SCROLL, e -> {
            if (e.getDeltaY() > 0) {
                model.followingProperty().set(false);
            }
        });
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        table.setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) {
                goToChosen();
            }
        });
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case UP, PAGE_UP, HOME -> model.followingProperty().set(false);
            case END -> model.followingProperty().set(true);
            case ENTER -> {
                if (!event.isShortcutDown()) {
                    goToChosen();
                    event.consume();
                }
            }
            default -> {}
        }
    }

    private void goToChosen() {
        JournalRow row = table.getSelectionModel().getSelectedItem();
        if (row != null && isObject(row.subjectName())) {
            go.accept(ResourceName.parse(row.subjectName()));
        }
    }

    /// Operations, failovers and faults are subjects too, but nothing on the map.
    private static boolean isObject(String name) {
        return name.startsWith("models/") || (name.startsWith("regions/") && !name.contains("/failovers/"));
    }

    private void rowsChanged() {
        boolean filtered = !model.filterProperty().get().isBlank()
                || model.leastPriorityProperty().get() > 0;
        placeholder.setText(PaneText.of(filtered ? "journal.emptyFiltered" : "journal.empty"));
        followAfterLayout();
    }

    /// Before that the table knows neither new rows nor its own height, and would stop short of the newest.
    private void followAfterLayout() {
        Scene scene = getScene();
        if (scene != null && !awaitsLayout) {
            awaitsLayout = true; // a window that is minimized lays nothing out for hours
            scene.addPostLayoutPulseListener(new Runnable() {
                @Override
                public void run() {
                    scene.removePostLayoutPulseListener(this);
                    awaitsLayout = false;
                    follow();
                }
            });
        }
    }

    private void follow() {
        if (model.followingProperty().get() && !model.rows().isEmpty()) {
            table.scrollTo(model.rows().size() - 1);
        }
    }

    private static TableColumn<JournalRow, String> column(String key, double width, Function<JournalRow, String> read) {
        return Columns.text(PaneText.of("column." + key), width, ReadOnlyObjectWrapper::new, read);
    }

    private static final class GapLine extends TableRow<JournalRow> {
        @Override
        protected void updateItem(JournalRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(GAP, !empty && row != null && row.gap());
        }
    }

    private static final class LeastPriority extends StringConverter<Integer> {
        @Override
        public String toString(Integer priority) {
            return PaneText.of("journal.least." + (priority == null ? 0 : priority));
        }

        @Override
        public Integer fromString(String text) {
            return 0;
        }
    }
}
