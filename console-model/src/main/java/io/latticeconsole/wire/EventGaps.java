package io.latticeconsole.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Which of an endpoint's events were missed: each event is let through once, and what was skipped becomes a range to
/// fetch. Thread-safe; calls are short.
final class EventGaps {
    /// How many earlier events are fetched when an endpoint is met for the first time.
    static final int HISTORY = 500;

    /// What an endpoint's event numbers belong to: its event log if it names one, or else its epoch.
    record Numbering(String epoch, String log) {
        /// Whether numbers go on from the other to this one.
        boolean continues(Numbering other) {
            boolean byEpoch = log.isEmpty() && other.log.isEmpty();
            return byEpoch ? epoch.equals(other.epoch) : log.equals(other.log);
        }
    }

    /// Events after one and up to another; `missed` unless they are only history from before we came. If `newest` is
    /// above 0, that many events up to the last are wanted wherever their numbers begin: numbers may have been
    /// skipped in between.
    record Range(Numbering of, long after, long upTo, boolean missed, int newest) {
        /// Whether an event is one of them.
        boolean has(long seq) {
            return seq <= upTo && (newest > 0 || seq > after);
        }
    }

    private final Deque<Range> ranges = new ArrayDeque<>();
    private @Nullable Numbering numbering;
    private long have;

    /// The endpoint is at that event of that numbering, as of a snapshot.
    synchronized void at(Numbering now, long lastSeq) {
        Numbering before = numbering;
        numbering = now;
        if (before == null) {
            if (lastSeq > 0) {
                ranges.add(new Range(now, Math.max(0, lastSeq - HISTORY), lastSeq, false, HISTORY));
            }
            have = lastSeq;
        } else if (!now.continues(before)) {
            ranges.add(new Range(before, have, Long.MAX_VALUE, true, 0));
            add(0, lastSeq);
            have = lastSeq;
        } else if (lastSeq < have && !now.epoch().equals(before.epoch())) {
            have = lastSeq; // an older copy of the log was put back: its numbers come again
        } else {
            upTo(lastSeq);
        }
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
        add(seq - 1, seq);
    }

    /// The endpoint says that it logged events up to that one.
    synchronized void upTo(long seq) {
        if (seq > have) {
            add(have, seq);
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
                ranges.addFirst(new Range(range.of(), seq, range.upTo(), range.missed(), 0));
            }
        }
    }

    /// The first range cannot be fetched any further.
    synchronized void abandon(Range range) {
        if (range.equals(ranges.peek())) {
            ranges.remove();
        }
    }

    private void add(long after, long upTo) {
        Numbering of = numbering;
        if (of != null && upTo > after) {
            ranges.add(new Range(of, after, upTo, true, 0));
        }
    }
}
