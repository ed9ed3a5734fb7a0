package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeltaRingTest {
    private static final Duration SPAN = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 20_000;

    /// Random appends against a plain map: what is in span and fits is there, under its revision; nothing else.
    @Test
    void keepsTheSpanWithinItsBytes() {
        Random random = new Random(5);
        for (int run = 0; run < 50; run++) {
            DeltaRing ring = new DeltaRing(SPAN, MOST_BYTES);
            long revision = random.nextInt(1000);
            ring.startAfter(revision);
            TreeMap<Long, Frame> all = new TreeMap<>();
            TreeMap<Long, Instant> times = new TreeMap<>();
            Instant time = SmallLattice.START;
            int largest = random.nextBoolean() ? 10 : 1500;
            for (int i = 0; i < 1500; i++) {
                time = time.plusMillis(random.nextInt(3000));
                Frame frame = new Frame(new byte[1 + random.nextInt(largest)]);
                ring.append(++revision, frame, time);
                all.put(revision, frame);
                times.put(revision, time);
            }
            long bytes = 0;
            long oldest = revision + 1;
            for (long r = revision; r >= all.firstKey(); r--) {
                bytes += all.getOrDefault(r, new Frame(new byte[0])).size();
                boolean inSpan = !times.getOrDefault(r, Instant.MIN).isBefore(time.minus(SPAN));
                if (r < revision && (bytes > MOST_BYTES || !inSpan)) {
                    break;
                }
                oldest = r;
            }
            assertEquals(revision - oldest + 1, ring.size());
            assertTrue(ring.size() == 1 || ring.bytes() <= MOST_BYTES);
            for (long r = oldest - 3; r <= revision + 3; r++) {
                Frame expected = r >= oldest && r <= revision ? all.get(r) : null;
                assertEquals(expected, ring.get(r), "revision " + r);
                assertEquals(r + 1 >= oldest && r <= revision, ring.continues(r), "after " + r);
            }
        }
    }

    @Test
    void aGapIsRefused() {
        DeltaRing ring = new DeltaRing(SPAN, MOST_BYTES);
        ring.startAfter(7);
        assertThrows(IllegalArgumentException.class, () -> ring.append(9, new Frame(new byte[1]), SmallLattice.START));
        assertTrue(ring.continues(7));
        assertTrue(!ring.continues(6) && !ring.continues(8));
    }
}
