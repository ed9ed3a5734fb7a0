package io.latticeconsole.lattice;

import java.time.Instant;

/// Something that happened, as its owner logged it. `seq` rises within the owner's event log, from 1; `subject` and
/// `cause` are resource names, empty where there is none.
public record EventRecord(
        long seq,
        Instant latticeTime,
        Instant wallTime,
        String type,
        Severity severity,
        String subject,
        String message,
        String operator,
        String cause) {
    /// The same event under another number.
    public EventRecord numbered(long number) {
        return new EventRecord(number, latticeTime, wallTime, type, severity, subject, message, operator, cause);
    }
}
