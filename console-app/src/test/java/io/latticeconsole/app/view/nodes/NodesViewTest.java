package io.latticeconsole.app.view.nodes;

import static io.latticeconsole.app.view.fixture.SmallLattice.NOON;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N2;
import static io.latticeconsole.app.view.fixture.SmallLattice.PAR_N3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.view.fixture.Samples;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.app.view.selection.Selection;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

class NodesViewTest extends ApplicationTest {
    private final Samples samples = new Samples(5);
    private final Selection selection = new Selection();
    private final NodesViewModel model = new NodesViewModel();

    @Override
    public void start(Stage stage) {
        Scene scene = new Scene(new NodesView(model, selection), 990, 400);
        StyleSheets.apply(scene, Theme.NIGHT, 1);
        stage.setScene(scene);
        stage.show();
    }

    @BeforeEach
    void heardAtNoon() throws InterruptedException {
        samples.write(NOON);
        interact(() -> model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusMillis(500)));
    }

    @AfterEach
    void close() {
        samples.close();
    }

    private NodeRow marked() {
        return lookup("#nodes-table")
                .<TableView<NodeRow>>query()
                .getSelectionModel()
                .getSelectedItem();
    }

    private boolean shows(String text) {
        return lookup(n -> n instanceof Labeled l && l.isVisible() && text.equals(plain(l.getText())))
                .tryQuery()
                .isPresent();
    }

    private static String plain(String text) {
        return text == null ? "" : text.replace('\u00a0', ' ');
    }

    @Test
    void columnsHaveTheirRoomWhateverStandsInThemAtFirst() {
        try (Samples none = new Samples(5)) {
            interact(() -> {
                NodesViewModel unread = new NodesViewModel();
                unread.update(SmallLattice.state(), none.store(), Troubles.NONE, NOON);
                NodesView view = new NodesView(unread, selection);
                Scene scene = new Scene(view, 990, 400);
                StyleSheets.apply(scene, Theme.NIGHT, 1);
                Stage other = new Stage();
                other.setScene(scene);
                other.show();
                TableView<?> table = (TableView<?>) view.lookup("#nodes-table");
                for (NodeColumn shown : NodeColumn.values()) {
                    table.getColumns().stream()
                            .filter(c -> c.getText().equals(shown.title()))
                            .forEach(c -> assertTrue(c.getWidth() >= shown.width(), shown + " " + c.getWidth()));
                }
                other.hide();
            });
        }
    }

    @Test
    void showsRowsAndFiltersAsOneTypes() {
        assertTrue(shows("PAR-1 / n2"));
        assertTrue(shows("72 %"));
        clickOn("#nodes-filter").write("ams-1");
        assertEquals(2, model.rows().size());
        write("xyz");
        assertTrue(shows("No node matches the filter") || model.rows().isEmpty());
    }

    @Test
    void aSelectionInTheTableIsTheSelectionEverywhereAndHoldsThroughSorting() throws InterruptedException {
        clickOn("PAR-1 / n2");
        assertEquals(PAR_N2, selection.selected());
        interact(() -> model.sortBy(NodeColumn.UTILIZATION.order().reversed()));
        samples.write(NOON.plusSeconds(1));
        interact(() -> model.update(SmallLattice.state(), samples.store(), Troubles.NONE, NOON.plusSeconds(2)));
        assertEquals(PAR_N2, marked().id());
        assertEquals(PAR_N2, selection.selected());
        interact(() -> selection.select(PAR_N3));
        assertEquals(PAR_N3, marked().id());
        push(KeyCode.DOWN);
        assertEquals(PAR_N2, selection.selected(), "the row below in the sorted table");
    }

    @Test
    void noHeadingIsCutOffAtAnyTextScale() {
        TableView<NodeRow> table = lookup("#nodes-table").query();
        for (double scale : new double[] {1, 1.25, 1.5, 2}) {
            interact(() -> {
                StyleSheets.apply(table.getScene(), Theme.NIGHT, scale);
                table.getScene().getRoot().applyCss();
                table.getScene().getRoot().layout();
            });
            List<String> cut = new ArrayList<>();
            for (Node label : table.lookupAll(".column-header .label")) {
                if (label instanceof Labeled l && l.lookup(".text") instanceof Text text) {
                    if (!text.getText().equals(l.getText())) {
                        cut.add(l.getText() + " shown as " + text.getText());
                    }
                }
            }
            assertEquals(List.of(), cut, "at " + scale);
        }
    }

    @Test
    void copiesWhatItShowsAsCsv() {
        clickOn("PAR-1 / n2").push(KeyCode.CONTROL, KeyCode.C);
        String[] copied = {""};
        interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
        assertEquals(model.csv(), copied[0]);
        assertTrue(shows("5 rows copied"));
    }
}
