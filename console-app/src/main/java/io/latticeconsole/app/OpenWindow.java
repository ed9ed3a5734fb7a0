package io.latticeconsole.app;

import io.latticeconsole.app.shell.ConsoleWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// A stage with its window, its screens and what has to be closed with them. FX thread.
final class OpenWindow {
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
