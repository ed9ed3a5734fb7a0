package io.latticeconsole.drill.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventQueueTest {
    private record Event(long at, long sequence, int a, Object payload) {}

    @Test
    void givesEventsByTimeThenBySequenceAsAPlainQueueDoes() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            EventQueue queue = new EventQueue();
            PriorityQueue<Event> plain =
                    new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::sequence));
            long sequence = 0;
            for (int i = 0; i < 20_000; i++) {
                if (plain.isEmpty() || random.nextInt(5) < 3) {
                    Event e = new Event(random.nextInt(500), sequence++, random.nextInt(), new Object());
                    plain.add(e);
                    queue.add(e.at(), 7, e.a(), e.sequence(), e.payload());
                } else {
                    Event expected = plain.remove();
                    queue.poll();
                    assertEquals(expected.at(), queue.time);
                    assertEquals(expected.sequence(), queue.b);
                    assertEquals(expected.a(), queue.a);
                    assertEquals(expected.payload(), Objects.requireNonNull(queue.payload));
                }
                assertEquals(plain.size(), queue.size());
            }
        }
    }
}
