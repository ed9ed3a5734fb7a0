package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.app.view.search.Found;
import io.latticeconsole.app.view.topbar.TopBarState;
import io.latticeconsole.app.view.topbar.TopBarViewModel;
import io.latticeconsole.store.ConsoleState;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/// The window's scene: top bar, panes, status bar, and what floats above the centre. Its stage belongs to the
/// application. FX thread.
public final class ConsoleWindow {
    public static final double SMALLEST_WIDTH = 1280;
    public static final double SMALLEST_HEIGHT = 720;
    /// A wall is read from several paces.
    private static final double WALL_TEXT = 1.5;

    private final Contents contents;
    private final Commands commands;
    private final Panes panes;
    private final StatusBar status;
    private final CommandPalette palette;
    private final KeyList keys;
    private final ExerciseFrame frame;
    private final Scene scene;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(Words.of("window.name"));
    private WindowLayout layout;
    private boolean wall;

    /// @param commands those of the application; the window adds its own
    /// @param goTo what happens with an object that the palette found
    public ConsoleWindow(
            Contents contents,
            Commands commands,
            TopBarViewModel topBar,
            StatusViewModel statusModel,
            Supplier<ConsoleState> state,
            Consumer<Found> goTo,
            WindowLayout layout,
            double width,
            double height) {
        this.contents = contents;
        this.commands = commands;
        this.layout = layout;
        WindowCommands.add(commands, this);
        palette = new CommandPalette(new PaletteViewModel(commands, state, goTo));
        keys = new KeyList(commands, contents.legend());
        StackPane centre = new StackPane(contents.centre(), palette);
        StackPane.setAlignment(palette, Pos.TOP_CENTER);
        StackPane.setMargin(palette, new Insets(48, 16, 16, 16));
        panes = new Panes(contents, centre, new NoticeBands(statusModel), layout);
        status = new StatusBar(statusModel);
        BorderPane inside = new BorderPane(panes, contents.topBar(), null, status, null);
        inside.getStyleClass().add("inside");
        frame = new ExerciseFrame(new StackPane(inside, keys));
        scene = new Scene(frame, width, height);
        StyleSheets.apply(scene, layout.theme(), layout.textScale());
        Shortcuts.install(scene, commands);
        Shortcuts.forward(scene, contents.centre());
        topBar.stateProperty().subscribe(this::frame);
    }

    private void frame(TopBarState s) {
        frame.setExercise(s.exercise());
        if (s.lattice().isEmpty()) {
            title.set(Words.of("window.name"));
        } else {
            title.set(Words.of(s.exercise() ? "window.title.exercise" : "window.title", s.lattice()));
        }
    }

    public Scene scene() {
        return scene;
    }

    /// The text of the title bar; says EXERCISE in one.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// The layout as it is now, with the sizes of the panes.
    public WindowLayout layout() {
        layout = panes.layoutNow();
        return layout;
    }

    public void apply(WindowLayout next) {
        layout = next;
        panes.show(next);
        style();
        String away =
                panes.givenWay().stream().map(r -> Words.of("rail.away", r)).collect(Collectors.joining(" · "));
        if (!away.isEmpty()) {
            say(away);
        }
    }

    private void style() {
        StyleSheets.apply(scene, layout.theme(), layout.textScale() * (wall ? WALL_TEXT : 1));
    }

    /// Says something in the status bar that needs no answer.
    public void say(String text) {
        status.say(text);
    }

    /// Shows a tab of the lower pane, and the pane if it was hidden.
    public void showTab(String id) {
        if (!layout().lowerShown()) {
            apply(layout().withLower(true));
        }
        panes.selectTab(id);
    }

    public String selectedTab() {
        return panes.selectedTab();
    }

    /// Shows the right rail if it was hidden.
    public void showRight() {
        if (!layout().rightShown()) {
            apply(layout().withRight(true));
        }
        bringBack(Panes.Rail.RIGHT);
    }

    public Commands commands() {
        return commands;
    }

    void openPalette() {
        palette.open();
    }

    void toggleKeys() {
        keys.toggle();
    }

    void find() {
        if (!layout().leftShown()) {
            apply(layout().withLeft(true));
        }
        bringBack(Panes.Rail.LEFT);
        contents.search().enter();
    }

    void toggleLeft() {
        if (!bringBack(Panes.Rail.LEFT)) {
            apply(layout().withLeft(!layout.leftShown()));
        }
    }

    void toggleRight() {
        if (!bringBack(Panes.Rail.RIGHT)) {
            apply(layout().withRight(!layout.rightShown()));
        }
    }

    /// Whether a rail had given way to the centre and now shows.
    private boolean bringBack(Panes.Rail rail) {
        boolean away = panes.givenWay().contains(rail);
        if (away) {
            panes.want(rail);
        }
        return away;
    }

    void toggleLower() {
        apply(layout().withLower(!layout.lowerShown()));
    }

    void theme(Theme theme) {
        apply(layout().withTheme(theme));
    }

    void nextTheme() {
        theme(layout.theme().next());
    }

    void scaleText(double by) {
        apply(layout().withTextScale(Math.rint((layout.textScale() + by) * 10) / 10));
    }

    void resetText() {
        apply(layout().withTextScale(1));
    }

    /// Wall mode: the centre alone, in larger letters. The stage follows [#isWall] through the command that
    /// the application adds.
    public void setWall(boolean on) {
        if (on && !wall) {
            layout = panes.layoutNow();
        }
        wall = on;
        panes.setWall(on);
        style();
    }

    public boolean isWall() {
        return wall;
    }
}
