package io.latticeconsole.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.style.Styles;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// What the window tells, on a real store that two gateways have told of themselves.
@ExtendWith(ApplicationExtension.class)
class ConsoleWindowTest {
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
    void showsFiguresGatewaysRegionsAndModels(FxRobot robot) throws TimeoutException {
        console.whenLive();
        List<String> bar = SmallConsole.texts(robot, ".top-bar");
        assertTrue(bar.containsAll(List.of("Aurora", "EXERCISE", "200", "2 / 2", "14:07:32")), bar::toString);
        assertTrue(bar.contains("1.0"), "one request of a hundred failed: " + bar);
        assertTrue(bar.contains("4"), "kilowatts: " + bar);
        List<String> left = SmallConsole.texts(robot, "#left");
        assertTrue(
                left.containsAll(List.of("Europe", "Asia Pacific", "4 nodes", "chat-8b", "8 replicas")),
                left::toString);
        assertEquals(0.75, console.regions.rows().getFirst().headroom().value(), 1e-9);
        assertEquals(
                "Aurora — EXERCISE — Lattice Console",
                console.window.titleProperty().get());
    }

    @Test
    void exerciseHasAFrame(FxRobot robot) throws TimeoutException {
        console.whenLive();
        Node frame = robot.lookup(".window-frame").query();
        assertTrue(frame.getPseudoClassStates().contains(Styles.EXERCISE));
        Set<Node> edges = robot.lookup(".window-frame > .hatch").queryAll();
        assertEquals(4, edges.size());
        for (Node edge : edges) {
            Bounds b = edge.getBoundsInParent();
            assertTrue(edge.isVisible() && Math.min(b.getWidth(), b.getHeight()) == 6, b.toString());
        }
    }

    @Test
    void aLostGatewayIsUnreachableNotDown(FxRobot robot) throws TimeoutException {
        console.whenLive();
        console.lattice.loseEurope();
        console.when(s -> !s.isReachable(SmallLattice.EU), SmallLattice.NOW.plusSeconds(12));
        assertEquals(
                List.of("Europe unreachable from here since 12 s — reconnecting"),
                SmallConsole.texts(robot, "#notices"));
        assertTrue(SmallConsole.texts(robot, "#left").contains("unreachable"));
        assertTrue(SmallConsole.texts(robot, ".top-bar").contains("1 / 2"));
        assertTrue(
                SmallConsole.texts(robot, ".status-bar").contains("eu lost 12 s"),
                SmallConsole.texts(robot, ".status-bar")::toString);
    }

    @Test
    void aDownNodeIsCountedInItsRegion(FxRobot robot) throws TimeoutException {
        console.whenLive();
        console.lattice.crashParN2();
        console.when(s -> s.version() > console.feed.newest().version(), SmallLattice.NOW.plusSeconds(1));
        assertTrue(
                SmallConsole.texts(robot, "#left").contains("4 nodes · 1 down"),
                SmallConsole.texts(robot, "#left")::toString);
    }

    @Test
    void themesChangeThePictureWhileItShows(FxRobot robot) throws TimeoutException {
        console.whenLive();
        int night = ground();
        robot.press(KeyCode.CONTROL).type(KeyCode.T).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(0xFF1F2327, night);
        assertEquals(0xFFD5D9DC, ground());
    }

    private int ground() throws TimeoutException {
        return WaitForAsyncUtils.waitForAsyncFx(5000, () -> {
            var bounds = console.centre.localToScene(console.centre.getLayoutBounds());
            return Picture.of(console.window.scene()).argb((int) bounds.getCenterX(), (int) bounds.getCenterY());
        });
    }
}
