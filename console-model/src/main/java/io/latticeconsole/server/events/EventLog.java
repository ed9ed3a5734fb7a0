package io.latticeconsole.server.events;

import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.Severity;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The events of an endpoint by number. One thread, which no call makes wait for a disk.
public interface EventLog extends AutoCloseable {
    /// Something that the log has to say of itself, to be logged as an event; `type` as in [EventRecord].
    record Notice(String type, Severity severity, String message) {}

    /// Names the numbering: as long as it stays, also across a restart, no number means two events. Empty for a
    /// log that begins anew with every epoch.
    String id();

    /// Appends an event.
    ///
    /// @throws IllegalArgumentException if that number was given before
    void append(EventRecord event);

    /// The newest number, 0 before the first; the next event has a higher one.
    long lastSeq();

    /// How many numbers after one and up to another were given to events, kept or not.
    long given(long after, long upTo);

    /// The number after which that many were given to events, kept or not; 0 if there are not so many.
    long beforeNewest(int count);

    /// How many events after that one are gone with another log, which this one stands in for; empty if it does not.
    OptionalLong goneWith(String log, long after);

    /// Up to `limit` kept events after that one, oldest first. May complete on the log's own thread.
    CompletableFuture<List<EventRecord>> after(long seq, int limit);

    /// Who is told what the log has to say of itself, from now on and from before; called on any thread.
    void onNotice(Consumer<Notice> listener);

    /// Writes what is still to be written, for a few seconds at most, and gives up the log's thread and file.
    @Override
    void close();
}
