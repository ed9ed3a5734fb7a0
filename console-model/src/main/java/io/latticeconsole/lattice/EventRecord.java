package io.latticeconsole.lattice;

import java.time.Instant;

/// Something that happened, as its owner logged it. `seq` is consecutive per endpoint and epoch, from 1; `subject` and
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
        String cause) {}
