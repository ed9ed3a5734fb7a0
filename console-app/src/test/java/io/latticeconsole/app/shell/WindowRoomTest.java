package io.latticeconsole.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.style.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// What finds room in the window at the sizes of screen and text that people use.
@ExtendWith(ApplicationExtension.class)
class WindowRoomTest {
    private final SmallConsole console = new SmallConsole();

    @Start
    void start(Stage stage) {
        console.show(stage);
    }

    @AfterEach
    void close() {
        console.close();
    }

    /// On this screen of 1000 pixels the least needed figures give way; a real one has room for all.
    @Test
    void aWideBarShowsWhoAndTheLocalTimeToo() throws TimeoutException {
        console.whenLive();
        List<String> wide = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            ConsoleWindow other = console.build(1920, 1080);
            other.apply(WindowLayout.DEFAULT);
            var _ = Picture.of(other.scene());
            List<String> texts = new ArrayList<>();
            SmallConsole.read(other.scene().getRoot().lookup(".top-bar"), texts);
            return texts;
        });
        assertTrue(wide.containsAll(List.of("15:07", "operator, unverified", "m.okafor")), wide::toString);
    }

    /// Everything that can be read stays within a small window, however large its text; what has no room gives way.
    @Test
    void nothingLeavesASmallWindow() throws TimeoutException {
        console.whenLive();
        for (double scale : new double[] {1, 1.5, 2}) {
            WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
                ConsoleWindow small = console.build(1000, 720);
                small.apply(WindowLayout.DEFAULT.withTextScale(scale));
                assertInside(small, scale);
                small.toggleLeft();
                if (scale == 2) {
                    assertNotNull(small.scene().getRoot().lookup("#left"), "the key brings the rail back");
                }
                assertInside(small, scale);
            });
        }
    }

    private static void assertInside(ConsoleWindow small, double scale) {
        var _ = Picture.of(small.scene());
        Parent root = small.scene().getRoot();
        for (String part : List.of(".top-bar", "#left", ".rail-right", ".status-bar")) {
            Node found = root.lookup(part);
            if (found != null) {
                assertInside(found, part + " at " + scale);
            }
        }
    }

    private static void assertInside(Node node, String where) {
        if (!node.isVisible()) {
            return;
        }
        Bounds at = node.localToScene(node.getLayoutBounds());
        assertTrue(at.getMinX() >= -1 && at.getMaxX() <= 1001, where + ": " + node + " " + at);
        if (node instanceof Parent parent && !(node instanceof Labeled)) {
            assertTrue(where.startsWith("#left") || (at.getMinY() >= -1 && at.getMaxY() <= 721), where + ": " + node);
            parent.getChildrenUnmodifiable().forEach(child -> assertInside(child, where));
        }
    }

    /// Pictures at the sizes people use; no word of bar, rail or status is cut off in any theme.
    @Test
    void nothingIsCutOff() throws TimeoutException, IOException {
        console.whenLive();
        for (Theme theme : Theme.values()) {
            for (int width : new int[] {1280, 1920}) {
                Picture picture = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
                    ConsoleWindow other = console.build(width, width * 9.0 / 16);
                    other.apply(WindowLayout.DEFAULT.withTheme(theme));
                    Picture first = Picture.of(other.scene());
                    List<String> cut = new ArrayList<>();
                    cutOff(other.scene().getRoot(), cut);
                    assertEquals(List.of(), cut, theme + " " + width);
                    return first;
                });
                assertEquals(width, picture.width());
                Path folder = Files.createDirectories(Path.of("target", "pictures"));
                picture.write(folder.resolve("window-" + theme + "-" + width + ".png"));
            }
        }
    }

    private static void cutOff(Node node, List<String> cut) {
        if (node.isVisible() && node instanceof Labeled labeled && labeled.lookup(".text") instanceof Text text) {
            if (!text.getText().equals(labeled.getText())) {
                cut.add(labeled.getText() + " shown as " + text.getText());
            }
        } else if (node.isVisible() && node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> cutOff(child, cut));
        }
    }

    @Test
    void aLongMessageLeavesTheGatewaysTheirNames() throws TimeoutException {
        console.whenLive();
        String message = "the layout of the last time could not be read and was not used: ".repeat(4);
        List<String> cut = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            ConsoleWindow small = console.build(1000, 720);
            small.say(message);
            var _ = Picture.of(small.scene());
            List<String> found = new ArrayList<>();
            cutOff(small.scene().getRoot().lookup(".status-bar"), found);
            return found;
        });
        assertEquals(1, cut.size(), cut::toString);
        assertTrue(cut.getFirst().startsWith(message), cut::toString);
    }

    @Test
    void textScales(FxRobot robot) throws TimeoutException {
        console.whenLive();
        Label name = robot.lookup(".lattice-name").query();
        double before = name.getFont().getSize();
        robot.interact(() -> console.window.apply(console.window.layout().withTextScale(2)));
        WaitForAsyncUtils.waitForFxEvents();
        assertNotEquals(before, name.getFont().getSize());
        assertEquals(2 * before, name.getFont().getSize(), 0.1);
    }

    @Test
    void aWallIsReadFromAfar(FxRobot robot) throws TimeoutException {
        console.whenLive();
        Label name = robot.lookup(".lattice-name").query();
        double before = name.getFont().getSize();
        robot.interact(() -> console.window.setWall(true));
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(1.5 * before, name.getFont().getSize(), 0.1);
        robot.interact(() -> console.window.setWall(false));
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(before, name.getFont().getSize(), 0.1);
    }
}
