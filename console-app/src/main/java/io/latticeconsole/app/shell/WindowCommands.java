package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Theme;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/// What the window itself can be told to do.
final class WindowCommands {
    private static final double STEP = 0.1;

    private WindowCommands() {}

    static void add(Commands commands, ConsoleWindow window) {
        commands.add(new Command("find", Command.Group.FIND, Chord.typed("/", KeyCode.SLASH, false), window::find));
        commands.add(new Command("palette", Command.Group.FIND, Chord.control(KeyCode.K), window::openPalette));
        commands.add(
                new Command("keys", Command.Group.FIND, Chord.typed("?", KeyCode.SLASH, true), window::toggleKeys));
        window(commands, "rail.left", Chord.control(KeyCode.B), window::toggleLeft);
        window(commands, "rail.right", Chord.control(KeyCode.I), window::toggleRight);
        window(commands, "lower", Chord.control(KeyCode.J), window::toggleLower);
        window(commands, "theme.next", Chord.control(KeyCode.T), window::nextTheme);
        window(commands, "theme.night", null, () -> window.theme(Theme.NIGHT));
        window(commands, "theme.day", null, () -> window.theme(Theme.DAY));
        window(commands, "theme.contrast", null, () -> window.theme(Theme.CONTRAST));
        window(commands, "text.larger", Chord.control(KeyCode.EQUALS), () -> window.scaleText(STEP));
        window(commands, "text.smaller", Chord.control(KeyCode.MINUS), () -> window.scaleText(-STEP));
        window(commands, "text.usual", Chord.control(KeyCode.DIGIT0), window::resetText);
    }

    private static void window(Commands commands, String id, @Nullable Chord chord, Runnable action) {
        commands.add(new Command(id, Command.Group.WINDOW, chord, action));
    }
}
