package io.latticeconsole.app.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpacedTest {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService fx = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        scheduler.shutdownNow();
        fx.shutdownNow();
    }

    @Test
    void whatIsAskedForInABurstIsDoneAtOnceAndOnceMoreAfterTheGap() throws InterruptedException {
        long gap = Duration.ofMillis(40).toNanos();
        AtomicInteger newest = new AtomicInteger();
        AtomicInteger shown = new AtomicInteger();
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch last = new CountDownLatch(1);
        Spaced spaced = new Spaced(scheduler, fx, Duration.ofNanos(gap), () -> {
            times.add(System.nanoTime());
            shown.set(newest.get());
            if (shown.get() == 1_000) {
                last.countDown();
            }
        });
        long start = System.nanoTime();
        for (int i = 1; i <= 1_000; i++) {
            newest.set(i);
            spaced.ask();
        }
        assertTrue(last.await(10, TimeUnit.SECONDS), "the last change is never forgotten");
        assertEquals(1_000, shown.get());
        assertTrue(times.size() <= 2 + (times.getLast() - start) / gap, times.size() + " times");
        for (int i = 1; i < times.size(); i++) {
            assertTrue(times.get(i) - times.get(i - 1) >= gap, "spaced");
        }
    }

    @Test
    void askedAfterItsWindowClosedItDoesNothingAndDoesNotFail() {
        AtomicInteger done = new AtomicInteger();
        Spaced spaced = new Spaced(scheduler, Runnable::run, Duration.ofHours(1), done::incrementAndGet);
        spaced.ask();
        scheduler.shutdownNow();
        spaced.ask();
        assertEquals(1, done.get());
    }
}
