package io.latticeconsole.app.shell;

import io.latticeconsole.app.text.Words;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Something an operator can make the console do, by key or by name. Its words are at `command.<id>`.
public record Command(String id, Group group, @Nullable Chord chord, BooleanSupplier available, Runnable action) {
    /// A command that can always be run.
    public Command(String id, Group group, @Nullable Chord chord, Runnable action) {
        this(id, group, chord, () -> true, action);
    }

    public String title() {
        return Words.of("command." + id);
    }

    /// The keys, empty if it has none.
    public String keys() {
        return chord == null ? "" : chord.text();
    }

    /// Where it stands in the list of keys.
    public enum Group {
        FIND,
        MAP,
        PLAN,
        EXERCISE,
        WINDOW
    }
}
