package io.latticeconsole.app.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestWinsTest {
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final List<Integer> seen = new ArrayList<>();
    private final NewestWins<Integer> handOver = new NewestWins<>(queue::add, seen::add);

    @Test
    void atMostOneIsQueuedAndTheNewestIsSeen() {
        for (int i = 0; i < 1000; i++) {
            handOver.offer(i);
        }
        assertEquals(1, queue.size());
        queue.remove().run();
        assertEquals(List.of(999), seen);
    }

    @Test
    void offersAfterAHandOverQueueAgain() {
        handOver.offer(1);
        queue.remove().run();
        handOver.offer(2);
        queue.remove().run();
        assertEquals(List.of(1, 2), seen);
        assertEquals(0, queue.size());
    }
}
