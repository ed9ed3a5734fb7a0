package io.latticeconsole.app.shell;

import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.fx.StateFeed;
import io.latticeconsole.app.view.models.ModelsView;
import io.latticeconsole.app.view.models.ModelsViewModel;
import io.latticeconsole.app.view.regions.RegionsView;
import io.latticeconsole.app.view.regions.RegionsViewModel;
import io.latticeconsole.app.view.search.SearchView;
import io.latticeconsole.app.view.selection.Selection;
import io.latticeconsole.app.view.topbar.TopBarView;
import io.latticeconsole.app.view.topbar.TopBarViewModel;
import io.latticeconsole.store.ConsoleState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// A console window on a real store that two gateways have told of themselves.
@SuppressWarnings("NullAway.Init") // shown before anything is asked of it
final class SmallConsole {
    final SmallLattice lattice = new SmallLattice();
    final Selection selection = new Selection();
    final List<String> ran = new ArrayList<>();
    private final TopBarViewModel topBar = new TopBarViewModel(ZoneOffset.ofHours(1));
    final RegionsViewModel regions = new RegionsViewModel();
    private final ModelsViewModel models = new ModelsViewModel();
    private final StatusViewModel status = new StatusViewModel();
    final StateFeed feed = new StateFeed(Fx.executor());
    ConsoleWindow window;
    StackPane centre;
    private LiveUpdate live;

    void show(Stage stage) {
        window = build(1000, 900);
        live = new LiveUpdate(
                feed::newest, lattice.store.samples(), () -> Troubles.NONE, () -> 0, topBar, regions, models, status);
        stage.setScene(window.scene());
        stage.show();
    }

    ConsoleWindow build(double width, double height) {
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

    void close() {
        lattice.close();
    }

    /// Waits until the store knows something, then brings the window up to date.
    void when(Predicate<ConsoleState> known, Instant now) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> known.test(lattice.store.state()));
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> lattice.store.samples().traffic().size() == 2);
        feed.offer(lattice.store.state());
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> live.tick(now));
        WaitForAsyncUtils.waitForFxEvents();
    }

    void whenLive() throws TimeoutException {
        when(s -> s.isReachable(SmallLattice.EU) && s.isReachable(SmallLattice.AP), SmallLattice.NOW);
    }

    /// What can be read within a part of the window.
    static List<String> texts(FxRobot robot, String within) {
        List<String> texts = new ArrayList<>();
        read(robot.lookup(within).query(), texts);
        return texts;
    }

    static void read(Node node, List<String> texts) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            texts.add(labeled.getText());
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> read(child, texts));
        }
    }
}
