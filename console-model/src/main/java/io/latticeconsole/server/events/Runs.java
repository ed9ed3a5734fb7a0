package io.latticeconsole.server.events;

import java.util.ArrayList;
import java.util.List;

/// Which numbers were given to events: runs of consecutive numbers, one for each time that the log was open, with gaps
/// after stops without notice. Immutable; rising.
record Runs(List<Run> runs) {
    /// Numbers from one to another; empty while `last` is `first` - 1.
    record Run(long first, long last) {
        long numbers(long after, long upTo) {
            return Math.max(0, Math.min(upTo, last) - Math.max(after, first - 1));
        }
    }

    Runs {
        runs = List.copyOf(runs);
    }

    /// How many numbers after one and up to another were given.
    long given(long after, long upTo) {
        return runs.stream().mapToLong(r -> r.numbers(after, upTo)).sum();
    }

    Run newest() {
        return runs.getLast();
    }

    /// The newest number, 0 if there is none.
    long last() {
        return runs.isEmpty() ? 0 : newest().last();
    }

    /// The same with a newest run instead of the one that begins there, if there is one.
    Runs with(Run newest) {
        List<Run> next = new ArrayList<>(runs);
        next.removeIf(r -> r.first() == newest.first());
        next.add(newest);
        return new Runs(next);
    }

    /// The number up to which all must go so that `keep` stay, 0 or less if none must.
    long beforeNewest(long keep) {
        long left = keep;
        for (Run run : runs.reversed()) {
            long size = run.last() - run.first() + 1;
            if (left < size) {
                return run.last() - left;
            }
            left -= size;
        }
        return 0;
    }
}
