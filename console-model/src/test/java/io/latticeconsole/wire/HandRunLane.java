package io.latticeconsole.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// A lane whose clock stands until the test moves it: tasks run at once on its thread, delayed ones when the clock
/// passes their time.
final class HandRunLane implements WireLane {
    private record Due(Instant at, long order, Runnable task) {}

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("hand-run-lane").daemon(true).factory());
    private final PriorityQueue<Due> delayed =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private final AtomicLong failures = new AtomicLong();
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private long order;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            System.getLogger(HandRunLane.class.getName()).log(System.Logger.Level.DEBUG, "closed", e);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            System.getLogger(HandRunLane.class.getName()).log(System.Logger.Level.ERROR, "a task failed", e);
        }
    }

    @Override
    public void after(Duration delay, Runnable task) {
        Instant at = now.plus(delay);
        execute(() -> delayed.add(new Due(at, order++, task)));
    }

    /// Moves the clock on and runs what falls due, in order, before it returns.
    void advance(Duration span) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Void> moved = new CompletableFuture<>();
        Instant until = now.plus(span);
        execute(() -> {
            now = until;
            runDue();
            moved.complete(null);
        });
        moved.get(10, TimeUnit.SECONDS);
    }

    private void runDue() {
        while (!delayed.isEmpty() && !delayed.peek().at().isAfter(now)) {
            guarded(delayed.remove().task());
        }
    }

    @Override
    public long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
