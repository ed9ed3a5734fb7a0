package io.latticeconsole.server;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The newest deltas of an endpoint by revision: what a broken stream resumes from and what slow watchers still have to
/// read. Keeps at least `span` of wall time unless that needs more than `maxBytes`. One thread.
final class DeltaRing {
    private final Duration span;
    private final long maxBytes;
    private @Nullable Entry[] slots = new Entry[256];
    private long first = 1;
    private long next = 1;
    private long bytes;

    DeltaRing(Duration span, long maxBytes) {
        this.span = span;
        this.maxBytes = maxBytes;
    }

    /// Starts over after a revision.
    void startAfter(long revision) {
        slots = new Entry[256];
        first = revision + 1;
        next = revision + 1;
        bytes = 0;
    }

    /// Appends the delta of the next revision.
    ///
    /// @throws IllegalArgumentException if the revision is not the former + 1
    void append(long revision, Frame frame, Instant wallTime) {
        if (revision != next) {
            throw new IllegalArgumentException("delta of revision " + revision + " where " + next + " is next");
        }
        if (next - first == slots.length) {
            grow();
        }
        slots[slot(revision)] = new Entry(frame, wallTime);
        next++;
        bytes += frame.size();
        Instant oldest = wallTime.minus(span);
        while (next - first > 1 && (bytes > maxBytes || at(first).wallTime().isBefore(oldest))) {
            bytes -= at(first).frame().size();
            slots[slot(first)] = null;
            first++;
        }
    }

    /// The delta that leads to a revision, or null if it is no longer, or not yet, here.
    @Nullable
    Frame get(long revision) {
        return revision < first || revision >= next ? null : at(revision).frame();
    }

    /// Whether a reader that has seen a revision can go on from here.
    boolean continues(long revision) {
        return revision + 1 >= first && revision < next;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return (int) (next - first);
    }

    private Entry at(long revision) {
        Entry entry = slots[slot(revision)];
        if (entry == null) {
            throw new IllegalStateException("no delta of revision " + revision + " in [" + first + ", " + next + ")");
        }
        return entry;
    }

    private int slot(long revision) {
        return (int) (revision & (slots.length - 1));
    }

    private void grow() {
        @Nullable Entry[] old = slots;
        slots = new Entry[old.length * 2];
        for (long r = first; r < next; r++) {
            slots[slot(r)] = old[(int) (r & (old.length - 1))];
        }
    }

    private record Entry(Frame frame, Instant wallTime) {}
}
