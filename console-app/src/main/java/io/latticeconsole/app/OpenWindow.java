package io.latticeconsole.app;

import io.latticeconsole.app.shell.ConsoleWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// A stage with its window, its screens and what has to be closed with them. FX thread.
final class OpenWindow {
    /// What a window manager may need around the scene, in pixels.
    private static final double ROOM_FOR_FRAME = 48;

    private final Stage stage;
    private final Screens screens;
    private final List<Runnable> owned = new ArrayList<>();
    private @Nullable ConsoleWindow window;

    OpenWindow(Stage stage, Screens screens) {
        this.stage = stage;
        this.screens = screens;
    }

    void build(ConsoleWindow built) {
        window = built;
        stage.setScene(built.scene());
        stage.titleProperty().bind(built.titleProperty());
        stage.setMinWidth(ConsoleWindow.SMALLEST_WIDTH);
        stage.setMinHeight(ConsoleWindow.SMALLEST_HEIGHT);
        stage.setFullScreenExitHint("");
        stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
        stage.setOnHiding(_ -> discard());
    }

    /// Has something closed together with the window.
    void owns(Runnable close) {
        owned.add(close);
    }

    /// Closes what it owns; all there is to do for a window that was never shown.
    void discard() {
        owned.forEach(Runnable::run);
    }

    /// Keeps the window within what the screen has to offer beside panels.
    void fitScreen() {
        fit(stage, Screen.getPrimary().getVisualBounds());
    }

    /// Keeps a stage, its title bar included, within an area.
    static void fit(Stage stage, Rectangle2D room) {
        Scene scene = Objects.requireNonNull(stage.getScene(), "the window is built before it is shown");
        stage.setMinWidth(Math.min(ConsoleWindow.SMALLEST_WIDTH, room.getWidth()));
        stage.setMinHeight(Math.min(ConsoleWindow.SMALLEST_HEIGHT, room.getHeight()));
        if (scene.getWidth() + ROOM_FOR_FRAME > room.getWidth()
                || scene.getHeight() + ROOM_FOR_FRAME > room.getHeight()) {
            stage.setX(room.getMinX());
            stage.setY(room.getMinY());
            stage.setWidth(Math.min(room.getWidth(), scene.getWidth() + ROOM_FOR_FRAME));
            stage.setHeight(Math.min(room.getHeight(), scene.getHeight() + ROOM_FOR_FRAME));
        }
    }

    void show() {
        stage.show();
        screens.topology.requestFocus();
    }

    void close() {
        stage.close();
    }

    void toggleWall() {
        boolean on = !window().isWall();
        window().setWall(on);
        stage.setFullScreen(on);
    }

    ConsoleWindow window() {
        return Objects.requireNonNull(window, "the window is built before it is used");
    }

    Screens screens() {
        return screens;
    }
}
