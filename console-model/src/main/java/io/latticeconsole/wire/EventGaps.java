package io.latticeconsole.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Which of an endpoint's events were missed: each event is let through once, and what was skipped becomes a range to
/// fetch. Thread-safe; calls are short.
final class EventGaps {
    /// How many earlier events are fetched when an endpoint is met for the first time.
    static final int HISTORY = 500;

    /// Events after one and up to another of an epoch; `missed` unless they are only history from before we came.
    record Range(String epoch, long after, long upTo, boolean missed) {}

    private final Deque<Range> ranges = new ArrayDeque<>();
    private String epoch = "";
    private long have;

    /// The endpoint is at that event in that epoch, as of a snapshot.
    synchronized void at(String newEpoch, long lastSeq) {
        if (newEpoch.equals(epoch)) {
            upTo(lastSeq);
            return;
        }
        if (epoch.isEmpty()) {
            add(newEpoch, Math.max(0, lastSeq - HISTORY), lastSeq, false);
        } else {
            ranges.add(new Range(epoch, have, Long.MAX_VALUE, true));
            add(newEpoch, 0, lastSeq, true);
        }
        epoch = newEpoch;
        have = lastSeq;
    }

    /// Whether an event of the stream is new; it must be passed on exactly then.
    synchronized boolean take(long seq) {
        if (seq <= have) {
            return false;
        }
        upTo(seq - 1);
        have = seq;
        return true;
    }

    /// An event that was let through did not get to the store after all.
    synchronized void dropped(long seq) {
        add(epoch, seq - 1, seq, true);
    }

    /// The endpoint says that it logged events up to that one.
    synchronized void upTo(long seq) {
        if (seq > have) {
            add(epoch, have, seq, true);
            have = seq;
        }
    }

    /// The first range to fetch, left in place; null if nothing is missing.
    synchronized @Nullable Range first() {
        return ranges.peek();
    }

    /// The first range was fetched up to `seq`; what is left of it stays the first.
    synchronized void fetched(Range range, long seq) {
        if (range.equals(ranges.peek())) {
            ranges.remove();
            if (seq < range.upTo()) {
                ranges.addFirst(new Range(range.epoch(), Math.max(seq, range.after()), range.upTo(), range.missed()));
            }
        }
    }

    /// The first range cannot be fetched any further.
    synchronized void abandon(Range range) {
        if (range.equals(ranges.peek())) {
            ranges.remove();
        }
    }

    private void add(String of, long after, long upTo, boolean missed) {
        if (upTo > after) {
            ranges.add(new Range(of, after, upTo, missed));
        }
    }
}
