package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.Entry;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads fields of forms and notes what is wrong with them.
final class Fields {
    private Fields() {}

    static Targets.Read targets(LatticeState lattice, String text, List<FieldError> errors) {
        Targets.Read read = Targets.read(lattice, text);
        if (!read.problem().isEmpty()) {
            errors.add(new FieldError(FormField.TARGETS, read.problem()));
        } else if (read.names().isEmpty()) {
            errors.add(new FieldError(FormField.TARGETS, PaneText.of("target.none")));
        }
        return read;
    }

    static Entry entry(FormField field, Entry entry, List<FieldError> errors) {
        if (!entry.problem().isEmpty()) {
            errors.add(new FieldError(field, entry.problem()));
        }
        return entry;
    }

    static @Nullable Duration duration(Entry seconds) {
        return seconds.isEmpty() ? null : Duration.ofMillis(Math.round(seconds.value() * 1000));
    }

    /// The value, 0 where the field was left empty: the contract's default.
    static double orDefault(Entry entry) {
        return entry.isEmpty() ? 0 : entry.value();
    }
}
