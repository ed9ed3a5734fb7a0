package io.latticeconsole.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.control.Card;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.fx.StateFeed;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.view.models.ModelsView;
import io.latticeconsole.app.view.models.ModelsViewModel;
import io.latticeconsole.app.view.regions.RegionsView;
import io.latticeconsole.app.view.regions.RegionsViewModel;
import io.latticeconsole.app.view.search.SearchView;
import io.latticeconsole.app.view.selection.Selection;
import io.latticeconsole.app.view.topbar.TopBarView;
import io.latticeconsole.app.view.topbar.TopBarViewModel;
import io.latticeconsole.store.ConsoleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The window as somebody uses it, on a real store that two gateways have told of themselves.
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX calls start before each test
class ConsoleWindowTest {
    private final SmallLattice lattice = new SmallLattice();
    private final Selection selection = new Selection();
    private final List<String> ran = new ArrayList<>();
    private final TopBarViewModel topBar = new TopBarViewModel(ZoneOffset.ofHours(1));
    private final RegionsViewModel regions = new RegionsViewModel();
    private final ModelsViewModel models = new ModelsViewModel();
    private final StatusViewModel status = new StatusViewModel();
    private ConsoleWindow window;
    private LiveUpdate live;
    private StateFeed feed;
    private StackPane centre;

    @Start
    void start(Stage stage) {
        feed = new StateFeed(Fx.executor());
        window = build(1000, 900);
        live = new LiveUpdate(
                feed::newest, lattice.store.samples(), () -> Troubles.NONE, () -> 0, topBar, regions, models, status);
        stage.setScene(window.scene());
        stage.show();
    }

    private ConsoleWindow build(double width, double height) {
        StackPane empty = new StackPane();
        empty.setFocusTraversable(true);
        centre = empty;
        Commands commands = new Commands();
        commands.add(new Command("wall", Command.Group.WINDOW, Chord.of(KeyCode.F11), () -> ran.add("wall")));
        commands.add(new Command("picture", Command.Group.MAP, Chord.of(KeyCode.S), () -> ran.add("picture")));
        Contents contents = new Contents(
                new TopBarView(topBar, "m.okafor", false),
                new SearchView(feed, f -> selection.select(f.name())),
                new RegionsView(regions, selection),
                new ModelsView(models, selection),
                empty,
                List.of(new StackPane(new Label("right"))),
                List.of(new Contents.LowerTab("journal", new SimpleStringProperty("Journal"), new StackPane())),
                List.of());
        return new ConsoleWindow(
                contents,
                commands,
                topBar,
                status,
                feed::newest,
                f -> selection.select(f.name()),
                WindowLayout.DEFAULT,
                width,
                height);
    }

    @AfterEach
    void close() {
        lattice.close();
    }

    /// Waits until the store knows something, then brings the window up to date.
    private void when(Predicate<ConsoleState> known, Instant now) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> known.test(lattice.store.state()));
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> lattice.store.samples().traffic().size() == 2);
        feed.offer(lattice.store.state());
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> live.tick(now));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void whenLive() throws TimeoutException {
        when(s -> s.isReachable(SmallLattice.EU) && s.isReachable(SmallLattice.AP), SmallLattice.NOW);
    }

    /// What can be read within a part of the window.
    private static List<String> texts(FxRobot robot, String within) {
        List<String> texts = new ArrayList<>();
        read(robot.lookup(within).query(), texts);
        return texts;
    }

    private static void read(Node node, List<String> texts) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            texts.add(labeled.getText());
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> read(child, texts));
        }
    }

    @Test
    void showsFiguresGatewaysRegionsAndModels(FxRobot robot) throws TimeoutException {
        whenLive();
        List<String> bar = texts(robot, ".top-bar");
        assertTrue(bar.containsAll(List.of("Aurora", "EXERCISE", "200", "2 / 2", "14:07:32")), bar::toString);
        assertTrue(bar.contains("1.0"), "one request of a hundred failed: " + bar);
        assertTrue(bar.contains("4"), "kilowatts: " + bar);
        List<String> left = texts(robot, "#left");
        assertTrue(
                left.containsAll(List.of("Europe", "Asia Pacific", "4 nodes", "chat-8b", "8 replicas")),
                left::toString);
        assertEquals(0.75, regions.rows().getFirst().headroom().value(), 1e-9);
        assertEquals(
                "Aurora — EXERCISE — Lattice Console", window.titleProperty().get());
    }

    /// On this screen of 1000 pixels the least needed figures give way; a real one has room for all.
    @Test
    void aWideBarShowsWhoAndTheLocalTimeToo() throws TimeoutException {
        whenLive();
        List<String> wide = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            ConsoleWindow other = build(1920, 1080);
            other.apply(WindowLayout.DEFAULT);
            var _ = Picture.of(other.scene());
            List<String> texts = new ArrayList<>();
            read(other.scene().getRoot().lookup(".top-bar"), texts);
            return texts;
        });
        assertTrue(wide.containsAll(List.of("15:07", "operator, unverified", "m.okafor")), wide::toString);
    }

    /// Everything that can be read stays within a small window, however large its text; what has no room gives way.
    @Test
    void nothingLeavesASmallWindow() throws TimeoutException {
        whenLive();
        for (double scale : new double[] {1, 1.5, 2}) {
            WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
                ConsoleWindow small = build(1000, 720);
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

    @Test
    void exerciseHasAFrame(FxRobot robot) throws TimeoutException {
        whenLive();
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
        whenLive();
        lattice.loseEurope();
        when(s -> !s.isReachable(SmallLattice.EU), SmallLattice.NOW.plusSeconds(12));
        assertEquals(List.of("Europe unreachable from here since 12 s — reconnecting"), texts(robot, "#notices"));
        assertTrue(texts(robot, "#left").contains("unreachable"));
        assertTrue(texts(robot, ".top-bar").contains("1 / 2"));
        assertTrue(texts(robot, ".status-bar").contains("eu lost 12 s"), texts(robot, ".status-bar")::toString);
    }

    @Test
    void aDownNodeIsCountedInItsRegion(FxRobot robot) throws TimeoutException {
        whenLive();
        lattice.crashParN2();
        when(s -> s.version() > feed.newest().version(), SmallLattice.NOW.plusSeconds(1));
        assertTrue(texts(robot, "#left").contains("4 nodes · 1 down"), texts(robot, "#left")::toString);
    }

    @Test
    void singleKeysRestWhileSomebodyTypes(FxRobot robot) throws TimeoutException {
        whenLive();
        robot.interact(centre::requestFocus);
        robot.type(KeyCode.S);
        assertEquals(List.of("picture"), ran);
        robot.type(KeyCode.SLASH);
        TextField search = robot.lookup("#search").query();
        assertTrue(search.isFocused());
        robot.type(KeyCode.S);
        assertEquals(List.of("picture"), ran);
        assertEquals("s", search.getText());
        robot.type(KeyCode.F11);
        assertEquals(List.of("picture", "wall"), ran);
    }

    @Test
    void searchFindsANodeAndSelectsIt(FxRobot robot) throws TimeoutException {
        whenLive();
        robot.interact(centre::requestFocus);
        robot.type(KeyCode.SLASH, KeyCode.P, KeyCode.A, KeyCode.R, KeyCode.N, KeyCode.DIGIT2, KeyCode.ENTER);
        assertEquals(SmallLattice.PAR_N2, selection.selected());
    }

    @Test
    void thePaletteFindsAndRuns(FxRobot robot) throws TimeoutException {
        whenLive();
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        assertTrue(robot.lookup("#palette").query().isVisible());
        robot.type(KeyCode.D, KeyCode.A, KeyCode.Y, KeyCode.ENTER);
        assertFalse(robot.lookup("#palette").query().isVisible());
        assertEquals(Theme.DAY, window.layout().theme());
        robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
        robot.type(KeyCode.N, KeyCode.R, KeyCode.T, KeyCode.ENTER);
        assertNotNull(selection.selected());
        assertEquals("regions/ap/sites/nrt-1", selection.selected().name());
    }

    @Test
    void themesChangeThePictureWhileItShows(FxRobot robot) throws TimeoutException {
        whenLive();
        int night = ground();
        robot.press(KeyCode.CONTROL).type(KeyCode.T).release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(0xFF1F2327, night);
        assertEquals(0xFFD5D9DC, ground());
    }

    private int ground() throws TimeoutException {
        return WaitForAsyncUtils.waitForAsyncFx(5000, () -> {
            var bounds = centre.localToScene(centre.getLayoutBounds());
            return Picture.of(window.scene()).argb((int) bounds.getCenterX(), (int) bounds.getCenterY());
        });
    }

    @Test
    void railsAndLowerPaneCanBeHidden(FxRobot robot) throws TimeoutException {
        whenLive();
        double before = centre.getWidth();
        robot.press(KeyCode.CONTROL)
                .type(KeyCode.B)
                .type(KeyCode.I)
                .type(KeyCode.J)
                .release(KeyCode.CONTROL);
        assertTrue(robot.lookup("#left").tryQuery().isEmpty());
        assertTrue(robot.lookup(".rail-right").tryQuery().isEmpty());
        assertTrue(robot.lookup("#lower").tryQuery().isEmpty());
        assertTrue(centre.getWidth() > before + 400);
        robot.press(KeyCode.CONTROL).type(KeyCode.B).release(KeyCode.CONTROL);
        assertEquals(WindowLayout.DEFAULT.leftWidth(), window.layout().leftWidth(), 3);
    }

    @Test
    void cardsArePickedByKeyboard(FxRobot robot) throws TimeoutException {
        whenLive();
        Card first = robot.lookup(".card").query();
        robot.interact(first::requestFocus);
        robot.type(KeyCode.DOWN, KeyCode.ENTER);
        assertEquals(SmallLattice.AP, selection.selected());
    }

    @Test
    void questionMarkShowsTheKeys(FxRobot robot) throws TimeoutException {
        whenLive();
        robot.interact(centre::requestFocus);
        Node keys = robot.lookup("#keys").query();
        assertFalse(keys.isVisible());
        robot.press(KeyCode.SHIFT).type(KeyCode.SLASH).release(KeyCode.SHIFT);
        assertTrue(keys.isVisible());
        assertTrue(texts(robot, "#keys").contains("Ctrl+K"));
        robot.press(KeyCode.SHIFT).type(KeyCode.SLASH).release(KeyCode.SHIFT);
        assertFalse(keys.isVisible());
    }

    /// Pictures at the sizes people use; no word of bar, rail or status is cut off in any theme.
    @Test
    void nothingIsCutOff() throws TimeoutException, IOException {
        whenLive();
        for (Theme theme : Theme.values()) {
            for (int width : new int[] {1280, 1920}) {
                Picture picture = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
                    ConsoleWindow other = build(width, width * 9.0 / 16);
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
    void textScales(FxRobot robot) throws TimeoutException {
        whenLive();
        Label name = robot.lookup(".lattice-name").query();
        double before = name.getFont().getSize();
        robot.interact(() -> window.apply(window.layout().withTextScale(2)));
        WaitForAsyncUtils.waitForFxEvents();
        assertNotEquals(before, name.getFont().getSize());
        assertEquals(2 * before, name.getFont().getSize(), 0.1);
    }
}
