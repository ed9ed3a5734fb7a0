package io.latticeconsole.server.events;

import io.latticeconsole.lattice.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The newest `capacity` events, in memory.
public final class MemoryEventLog implements EventLog {
    private final int capacity;
    private final long start;
    private final List<Notice> notices;
    private final @Nullable FormerLog former;
    private @Nullable EventRecord[] slots = new EventRecord[64];
    private long first;
    private long next;

    public MemoryEventLog(int capacity) {
        this(capacity, 0, List.of(), null);
    }

    /// A log whose first number is `start` + 1, what to say of it, and in whose place it is, if in any's.
    MemoryEventLog(int capacity, long start, List<Notice> notices, @Nullable FormerLog former) {
        this.capacity = capacity;
        this.start = start;
        this.notices = List.copyOf(notices);
        this.former = former;
        first = start + 1;
        next = start + 1;
    }

    @Override
    public String id() {
        return "";
    }

    /// Where numbers are skipped, those skipped and those before are no longer kept.
    @Override
    public void append(EventRecord event) {
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

    @Override
    public long lastSeq() {
        return next - 1;
    }

    @Override
    public long given(long after, long upTo) {
        return Math.max(0, Math.min(upTo, lastSeq()) - Math.max(after, start));
    }

    @Override
    public long beforeNewest(int count) {
        return Math.max(start, lastSeq() - count);
    }

    @Override
    public OptionalLong goneWith(String log, long after) {
        return former != null && former.id().equals(log)
                ? OptionalLong.of(former.runs().given(after, Long.MAX_VALUE))
                : OptionalLong.empty();
    }

    @Override
    public CompletableFuture<List<EventRecord>> after(long seq, int limit) {
        return CompletableFuture.completedFuture(kept(seq, limit));
    }

    /// Whether every event after that one is still here.
    boolean hasAllAfter(long seq) {
        return seq >= first - 1;
    }

    List<EventRecord> kept(long seq, int limit) {
        List<EventRecord> events = new ArrayList<>();
        for (long s = Math.max(seq + 1, first); s < next && events.size() < limit; s++) {
            EventRecord event = slots[slot(s)];
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    @Override
    public void onNotice(Consumer<Notice> listener) {
        notices.forEach(listener);
    }

    @Override
    public void close() {
        // Nothing is held.
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
