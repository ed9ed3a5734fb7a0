package io.latticeconsole.server;

import io.latticeconsole.lattice.EventRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events of an endpoint by sequence number, newest `capacity` of them. One thread.
final class EventLog {
    private final int capacity;
    private @Nullable EventRecord[] slots = new EventRecord[64];
    private long first = 1;
    private long next = 1;

    EventLog(int capacity) {
        this.capacity = capacity;
    }

    /// Appends an event. Where numbers were skipped, those before count as lost.
    ///
    /// @throws IllegalArgumentException if that number was here before
    void append(EventRecord event) {
        if (event.seq() < next) {
            throw new IllegalArgumentException("event " + event.seq() + " where " + next + " is next");
        }
        if (event.seq() > next) {
            first = event.seq();
            next = event.seq();
        }
        if (next - first == capacity) {
            first++;
        } else if (next - first == slots.length) {
            grow();
        }
        slots[slot(next)] = event;
        next++;
    }

    /// The sequence number of the newest event, 0 while there is none.
    long lastSeq() {
        return next - 1;
    }

    /// How many events after that one were here once and are no longer kept.
    long lostAfter(long seq) {
        return Math.max(0, first - 1 - seq);
    }

    /// Up to `limit` kept events after that one, oldest first.
    List<EventRecord> after(long seq, int limit) {
        List<EventRecord> events = new ArrayList<>();
        for (long s = Math.max(seq + 1, first); s < next && events.size() < limit; s++) {
            EventRecord event = slots[slot(s)];
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private int slot(long seq) {
        return (int) (seq % slots.length);
    }

    private void grow() {
        @Nullable EventRecord[] old = slots;
        slots = new EventRecord[Math.min(capacity, old.length * 2)];
        for (long s = first; s < next; s++) {
            slots[slot(s)] = old[(int) (s % old.length)];
        }
    }
}
