package io.latticeconsole.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyEvent;

/// All commands of the window, in the order in which the list of keys shows them. FX thread.
public final class Commands {
    private final List<Command> all = new ArrayList<>();

    /// @throws IllegalArgumentException if another command has the same keys or id
    public void add(Command command) {
        for (Command other : all) {
            if (other.id().equals(command.id())
                    || (command.chord() != null && command.chord().equals(other.chord()))) {
                throw new IllegalArgumentException(
                        command.id() + " " + command.keys() + " is already taken by " + other.id());
            }
        }
        all.add(command);
    }

    public List<Command> all() {
        return List.copyOf(all);
    }

    /// The available command whose keys these are.
    ///
    /// @param typing whether a text field has the keyboard, so that single keys rest
    public Optional<Command> of(KeyEvent event, boolean typing) {
        return all.stream()
                .filter(c -> c.chord() != null && c.chord().matches(event))
                .filter(c -> !typing || (c.chord() != null && !c.chord().isSingle()))
                .filter(c -> c.available().getAsBoolean())
                .findFirst();
    }
}
