package io.latticeconsole.coordination;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/// A hand-run clock with things that happen at their time; ties in order of scheduling.
final class Timeline {
    private record Entry(Instant at, long seq, Runnable what) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry o) {
            int order = at.compareTo(o.at);
            return order != 0 ? order : Long.compare(seq, o.seq);
        }
    }

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long seq;

    Instant now() {
        return now;
    }

    void in(double seconds, Runnable what) {
        queue.add(new Entry(now.plusNanos((long) (seconds * 1e9)), seq++, what));
    }

    void advance(Duration by) {
        Instant end = now.plus(by);
        while (!queue.isEmpty() && !queue.peek().at().isAfter(end)) {
            Entry e = queue.poll();
            now = e.at();
            e.what().run();
        }
        now = end;
    }
}
