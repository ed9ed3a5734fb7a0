package io.latticeconsole.server.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latticeconsole.lattice.EventRecord;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MemoryEventLogTest {
    /// Any capacity, any start, any question: the newest events are there in order, and what was given is counted.
    @Test
    void keepsTheNewestAndCountsTheRest() {
        Random random = new Random(9);
        for (int run = 0; run < 300; run++) {
            int capacity = 1 + random.nextInt(200);
            long start = (long) random.nextInt(2) * random.nextInt(1000);
            int count = random.nextInt(500);
            MemoryEventLog log = new MemoryEventLog(capacity, start, List.of(), null);
            for (int i = 1; i <= count; i++) {
                log.append(Events.event(start + i));
            }
            assertEquals(start + count, log.lastSeq());
            long after = start + random.nextInt(count + 1);
            int limit = 1 + random.nextInt(300);
            long oldest = Math.max(start + 1, start + count - capacity + 1);
            List<Long> expected = LongStream.rangeClosed(Math.max(after + 1, oldest), start + count)
                    .limit(limit)
                    .boxed()
                    .toList();
            assertEquals(
                    expected,
                    log.kept(after, limit).stream().map(EventRecord::seq).toList());
            assertEquals(start + count - after, log.given(after, Long.MAX_VALUE));
            assertEquals(count, log.given(0, start + count));
            assertEquals(after >= oldest - 1, log.hasAllAfter(after));
        }
    }

    @Test
    void skippedNumbersAreNoLongerKeptAndOldOnesAreRefused() {
        MemoryEventLog log = new MemoryEventLog(100);
        log.append(Events.event(1));
        log.append(Events.event(10));
        assertEquals(10, log.given(0, 10));
        assertEquals(10, log.kept(0, 5).getFirst().seq());
        assertThrows(IllegalArgumentException.class, () -> log.append(Events.event(4)));
    }
}
