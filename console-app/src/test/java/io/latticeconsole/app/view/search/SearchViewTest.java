package io.latticeconsole.app.view.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.latticeconsole.app.fx.StateFeed;
import io.latticeconsole.app.view.fixture.SmallLattice;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

/// The search field as a person uses it.
class SearchViewTest extends ApplicationTest {
    private final List<Found> chosen = new ArrayList<>();

    @Override
    public void start(Stage stage) {
        StateFeed feed = new StateFeed(Runnable::run);
        feed.offer(SmallLattice.state());
        stage.setScene(new Scene(new StackPane(new SearchView(feed, chosen::add)), 300, 400));
        stage.show();
    }

    private Label nothing() {
        return lookup("#search-nothing").queryAs(Label.class);
    }

    @Test
    void enterChoosesTheBestMatch() {
        clickOn("#search").write("par-1/n2");
        push(KeyCode.ENTER);
        assertEquals(
                List.of(SmallLattice.PAR_N2), chosen.stream().map(Found::name).toList());
        assertFalse(nothing().isVisible());
    }

    @Test
    void whatDoesNotExistIsSaidNotLeftBlank() {
        clickOn("#search").write("xyzzy");
        assertEquals("Nothing is called 'xyzzy'", nothing().getText());
        push(KeyCode.ENTER);
        assertEquals(List.of(), chosen);
        push(KeyCode.ESCAPE);
        assertFalse(nothing().isVisible());
    }
}
