package io.latticeconsole.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.control.Card;
import io.latticeconsole.app.style.Theme;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The window as somebody uses it by keyboard.
@ExtendWith(ApplicationExtension.class)
class WindowKeysTest {
    private final SmallConsole console = new SmallConsole();

    @Start
    void start(Stage stage) {
        console.show(stage);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void singleKeysRestWhileSomebodyTypes(FxRobot robot) throws TimeoutException {
        console.whenLive();
        robot.interact(console.centre::requestFocus);
        robot.type(KeyCode.S);
        assertEquals(List.of("picture"), console.ran);
        robot.type(KeyCode.SLASH);
        TextField search = robot.lookup("#search").query();
        assertTrue(search.isFocused());
        robot.type(KeyCode.S);
        assertEquals(List.of("picture"), console.ran);
        assertEquals("s", search.getText());
        robot.type(KeyCode.F11);
        assertEquals(List.of("picture", "wall"), console.ran);
    }

    @Test
    void searchFindsANodeAndSelectsIt(FxRobot robot) throws TimeoutException {
        console.whenLive();
        robot.interact(console.centre::requestFocus);
        robot.type(KeyCode.SLASH, KeyCode.P, KeyCode.A, KeyCode.R, KeyCode.N, KeyCode.DIGIT2, KeyCode.ENTER);
        assertEquals(SmallLattice.PAR_N2, console.selection.selected());
    }

    @Test
    void thePaletteFindsAndRuns(FxRobot robot) throws TimeoutException {
        console.whenLive();
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        assertTrue(robot.lookup("#palette").query().isVisible());
        robot.type(KeyCode.D, KeyCode.A, KeyCode.Y, KeyCode.ENTER);
        assertFalse(robot.lookup("#palette").query().isVisible());
        assertEquals(Theme.DAY, console.window.layout().theme());
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        robot.type(KeyCode.N, KeyCode.R, KeyCode.T, KeyCode.ENTER);
        assertNotNull(console.selection.selected());
        assertEquals("regions/ap/sites/nrt-1", console.selection.selected().name());
    }

    @Test
    void cardsArePickedByKeyboard(FxRobot robot) throws TimeoutException {
        console.whenLive();
        Card first = robot.lookup(".card").query();
        robot.interact(first::requestFocus);
        robot.type(KeyCode.DOWN, KeyCode.ENTER);
        assertEquals(SmallLattice.AP, console.selection.selected());
    }

    @Test
    void questionMarkShowsTheKeys(FxRobot robot) throws TimeoutException {
        console.whenLive();
        robot.interact(console.centre::requestFocus);
        Node keys = robot.lookup("#keys").query();
        assertFalse(keys.isVisible());
        robot.press(KeyCode.SHIFT).type(KeyCode.SLASH).release(KeyCode.SHIFT);
        assertTrue(keys.isVisible());
        assertTrue(SmallConsole.texts(robot, "#keys").contains("Ctrl+K"));
        robot.press(KeyCode.SHIFT).type(KeyCode.SLASH).release(KeyCode.SHIFT);
        assertFalse(keys.isVisible());
    }

    @Test
    void railsAndLowerPaneCanBeHidden(FxRobot robot) throws TimeoutException {
        console.whenLive();
        double before = console.centre.getWidth();
        robot.press(KeyCode.CONTROL)
                .type(KeyCode.B)
                .type(KeyCode.I)
                .type(KeyCode.J)
                .release(KeyCode.CONTROL);
        assertTrue(robot.lookup("#left").tryQuery().isEmpty());
        assertTrue(robot.lookup(".rail-right").tryQuery().isEmpty());
        assertTrue(robot.lookup("#lower").tryQuery().isEmpty());
        assertTrue(console.centre.getWidth() > before + 400);
        robot.press(KeyCode.CONTROL).type(KeyCode.B).release(KeyCode.CONTROL);
        assertEquals(WindowLayout.DEFAULT.leftWidth(), console.window.layout().leftWidth(), 3);
    }
}
