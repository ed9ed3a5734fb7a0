package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventGapsTest {
    private static final EventGaps.Numbering E = new EventGaps.Numbering("e", "");

    /// Events are lost and repeated at random, heartbeats and snapshots come between; each event must arrive once.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyEventArrivesOnceWhateverTheStreamLoses(long seed) {
        Random random = new Random(seed);
        EventGaps gaps = new EventGaps();
        gaps.at(E, 0);
        List<Long> got = new ArrayList<>();
        long logged = 0;
        for (int step = 0; step < 2_000; step++) {
            logged++;
            switch (random.nextInt(6)) {
                case 0 -> gaps.upTo(logged);
                case 1 -> gaps.at(E, logged);
                case 2 -> {
                    // Lost on the way.
                }
                default -> {
                    for (int times = 1 + random.nextInt(2); times > 0; times--) {
                        if (gaps.take(logged)) {
                            if (random.nextInt(8) == 0) {
                                gaps.dropped(logged);
                            } else {
                                got.add(logged);
                            }
                        }
                    }
                }
            }
            if (random.nextInt(10) == 0) {
                fetch(gaps, random, got);
            }
        }
        gaps.upTo(logged);
        while (gaps.first() != null) {
            fetch(gaps, random, got);
        }
        assertNull(gaps.first());
        Collections.sort(got);
        assertEquals(LongStream.rangeClosed(1, logged).boxed().toList(), got);
    }

    @Test
    void numbersOfALogGoOnAcrossARestart() {
        EventGaps gaps = new EventGaps();
        gaps.at(new EventGaps.Numbering("e1", "log"), 0);
        assertTrue(gaps.take(1));
        gaps.at(new EventGaps.Numbering("e2", "log"), 4);
        assertEquals(new EventGaps.Range(new EventGaps.Numbering("e2", "log"), 1, 4, true, 0), gaps.first());
        assertFalse(gaps.take(4));
        assertTrue(gaps.take(5));
    }

    @Test
    void numbersOfAnotherLogBeginAnewAndWhatIsLeftOfTheOldOneIsAskedFor() {
        EventGaps gaps = new EventGaps();
        EventGaps.Numbering old = new EventGaps.Numbering("e1", "");
        EventGaps.Numbering other = new EventGaps.Numbering("e2", "log");
        gaps.at(old, 0);
        assertTrue(gaps.take(1));
        gaps.at(other, 3);
        EventGaps.Range rest = new EventGaps.Range(old, 1, Long.MAX_VALUE, true, 0);
        assertEquals(rest, gaps.first());
        gaps.abandon(rest);
        assertEquals(new EventGaps.Range(other, 0, 3, true, 0), gaps.first());
        assertTrue(gaps.take(4));
    }

    /// After a crash numbers are skipped, so that what happened before it has far lower ones.
    @Test
    void whoComesForTheFirstTimeAsksForTheNewestWhateverTheirNumbers() {
        long crash = 1L << 40;
        EventGaps gaps = new EventGaps();
        gaps.at(new EventGaps.Numbering("e2", "log"), crash + 2);
        assertTrue(gaps.take(crash + 3), "live events do not wait for the past");
        EventGaps.Range past = Objects.requireNonNull(gaps.first());
        assertEquals(EventGaps.HISTORY, past.newest());
        assertFalse(past.missed());
        assertTrue(past.has(7));
        assertTrue(past.has(crash + 2));
        assertFalse(past.has(crash + 3), "which the stream has told");
        gaps.fetched(past, 40);
        EventGaps.Range rest = Objects.requireNonNull(gaps.first());
        assertEquals(0, rest.newest());
        assertFalse(rest.has(40));
        assertTrue(rest.has(41));
        gaps.fetched(rest, crash + 2);
        assertNull(gaps.first());
    }

    /// Nobody can tell which of the events that come again are other ones; none of them is held back.
    @Test
    void numbersThatComeAgainAfterARestartAreTaken() {
        EventGaps gaps = new EventGaps();
        gaps.at(new EventGaps.Numbering("e1", "log"), 9);
        gaps.at(new EventGaps.Numbering("e2", "log"), 5);
        assertTrue(gaps.take(6));
    }

    /// A snapshot may be a little older than what the stream told since.
    @Test
    void anOlderSnapshotOfTheSameRunTakesNothingBack() {
        EventGaps gaps = new EventGaps();
        gaps.at(new EventGaps.Numbering("e1", "log"), 9);
        gaps.at(new EventGaps.Numbering("e1", "log"), 5);
        assertFalse(gaps.take(6));
    }

    private static void fetch(EventGaps gaps, Random random, List<Long> got) {
        EventGaps.Range range = gaps.first();
        if (range != null) {
            long reached = Math.min(range.upTo(), range.after() + 1 + random.nextInt(5));
            LongStream.rangeClosed(range.after() + 1, reached).forEach(got::add);
            gaps.fetched(range, reached);
        }
    }
}
