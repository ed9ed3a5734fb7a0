package io.latticeconsole.app.view.journal;

import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.store.SeenEvent;
import java.util.Locale;

/// A line of the journal: an event, or a gap where events were lost. `subjectName` is the resource's full name, empty
/// where there is none; `priority` 1 to 4, 0 for what is merely information.
public record JournalRow(
        String time,
        int priority,
        String gateway,
        String type,
        String subject,
        String subjectName,
        String message,
        String operator,
        String cause,
        boolean gap) {

    static JournalRow of(LatticeState lattice, SeenEvent seen) {
        EventRecord e = seen.event();
        return new JournalRow(
                Times.utc(e.latticeTime()),
                priority(e.severity()),
                seen.gateway().code(),
                e.type().replace('_', ' ').toLowerCase(Locale.ROOT),
                e.subject().isEmpty() ? "" : ObjectNames.of(lattice, e.subject()),
                e.subject(),
                ObjectNames.inText(lattice, e.message()),
                e.operator(),
                e.cause().isEmpty() ? "" : ObjectNames.of(lattice, e.cause()),
                false);
    }

    /// A gap before an event, or, with an empty time, before everything that is kept.
    static JournalRow gap(String time, String gateway, long lost) {
        String text = PaneText.of(lost == 1 ? "journal.gapOne" : "journal.gap", Long.toString(lost), gateway);
        return new JournalRow(time, 0, gateway, "", "", "", text, "", "", true);
    }

    static int priority(Severity severity) {
        return switch (severity) {
            case INFO -> 0;
            case LOW -> 4;
            case MEDIUM -> 3;
            case HIGH -> 2;
            case CRITICAL -> 1;
        };
    }

    /// Whether any of its words contains a text, which is in lower case.
    boolean contains(String lowerCase) {
        return (type + " " + subject + " " + message + " " + gateway + " " + operator + " " + cause)
                .toLowerCase(Locale.ROOT)
                .contains(lowerCase);
    }
}
