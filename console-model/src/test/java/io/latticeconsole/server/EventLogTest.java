package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.lattice.EventRecord;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
    /// Any capacity, any question: the newest events are there in order, and what is gone is counted.
    @Test
    void keepsTheNewestAndCountsTheRest() {
        Random random = new Random(9);
        for (int run = 0; run < 300; run++) {
            int capacity = 1 + random.nextInt(200);
            int count = random.nextInt(500);
            EventLog log = new EventLog(capacity);
            for (int seq = 1; seq <= count; seq++) {
                log.append(event(seq));
            }
            assertEquals(count, log.lastSeq());
            long after = random.nextInt(count + 1);
            int limit = 1 + random.nextInt(300);
            long oldest = Math.max(1, count - capacity + 1);
            List<Long> expected = LongStream.rangeClosed(Math.max(after + 1, oldest), count)
                    .limit(limit)
                    .boxed()
                    .toList();
            assertEquals(
                    expected,
                    log.after(after, limit).stream().map(EventRecord::seq).toList());
            assertEquals(Math.max(0, oldest - 1 - after), log.lostAfter(after));
        }
    }

    @Test
    void skippedNumbersCountAsLostAndOldOnesAreRefused() {
        EventLog log = new EventLog(100);
        log.append(event(1));
        log.append(event(10));
        assertEquals(9, log.lostAfter(0));
        assertEquals(10, log.after(0, 5).getFirst().seq());
        assertThrows(IllegalArgumentException.class, () -> log.append(event(4)));
    }

    private static EventRecord event(long seq) {
        if (SmallLattice.event(seq, "m") instanceof Fact.EventLogged(EventRecord record)) {
            return record;
        }
        throw new AssertionError("not an event");
    }
}
