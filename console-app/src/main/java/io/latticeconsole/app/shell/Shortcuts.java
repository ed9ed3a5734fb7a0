package io.latticeconsole.app.shell;

import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Brings a scene's keys to its commands: keys with a modifier before anything else, single keys only if
/// nothing that has the keyboard wanted them, and never while somebody types.
final class Shortcuts {
    private final Commands commands;
    private boolean swallowTyped;

    private Shortcuts(Commands commands) {
        this.commands = commands;
    }

    static void install(Scene scene, Commands commands) {
        Shortcuts shortcuts = new Shortcuts(commands);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            shortcuts.swallowTyped = false;
            shortcuts.run(e, true);
        });
        scene.addEventFilter(KeyEvent.KEY_TYPED, shortcuts::typed);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, e -> shortcuts.run(e, isTyping(scene.getFocusOwner())));
    }

    private void run(KeyEvent event, boolean typing) {
        if (event.isConsumed()) {
            return;
        }
        commands.of(event, typing).ifPresent(command -> {
            command.action().run();
            event.consume();
            swallowTyped = true;
        });
    }

    /// The letter of a key that ran a command must not reach the field that the command put the keyboard into.
    private void typed(KeyEvent event) {
        if (swallowTyped) {
            event.consume();
        }
    }

    /// Whether that control takes letters.
    static boolean isTyping(EventTarget focused) {
        return switch (focused) {
            case TextInputControl text -> text.isEditable();
            case ComboBoxBase<?> box -> box.isEditable();
            case Spinner<?> spinner -> spinner.isEditable();
            case null, default -> false;
        };
    }

    /// Passes keys that nobody wanted on to a control while nothing else has the keyboard, and gives it the
    /// keyboard when somebody leaves another pane with Esc.
    static void forward(Scene scene, Node to) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            Node owner = scene.getFocusOwner();
            if (e.isConsumed() || e.isShortcutDown() || isTyping(owner)) {
                return;
            }
            if (owner == null || !owner.isFocusTraversable()) {
                to.fireEvent(e.copyFor(to, to));
                e.consume();
            } else if (e.getCode() == KeyCode.ESCAPE && !isWithin(owner, to)) {
                to.requestFocus();
                e.consume();
            }
        });
    }

    private static boolean isWithin(Node node, Node ancestor) {
        Node at = node;
        while (at != null && !at.equals(ancestor)) {
            at = at.getParent();
        }
        return at != null;
    }
}
