package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventGapsTest {
    /// Events are lost and repeated at random, heartbeats and snapshots come between; each event must arrive once.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyEventArrivesOnceWhateverTheStreamLoses(long seed) {
        Random random = new Random(seed);
        EventGaps gaps = new EventGaps();
        gaps.at("e", 0);
        List<Long> got = new ArrayList<>();
        long logged = 0;
        for (int step = 0; step < 2_000; step++) {
            logged++;
            switch (random.nextInt(6)) {
                case 0 -> gaps.upTo(logged);
                case 1 -> gaps.at("e", logged);
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

    private static void fetch(EventGaps gaps, Random random, List<Long> got) {
        EventGaps.Range range = gaps.first();
        if (range != null) {
            long reached = Math.min(range.upTo(), range.after() + 1 + random.nextInt(5));
            LongStream.rangeClosed(range.after() + 1, reached).forEach(got::add);
            gaps.fetched(range, reached);
        }
    }
}
