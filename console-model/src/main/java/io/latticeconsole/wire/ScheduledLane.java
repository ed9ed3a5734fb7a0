package io.latticeconsole.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A lane of real time, on the thread `lattice-wire`. After [#close] tasks are forgotten.
final class ScheduledLane implements WireLane {
    private static final System.Logger LOG = System.getLogger(ScheduledLane.class.getName());

    private final InstantSource clock;
    private final AtomicLong failures = new AtomicLong();
    private final ScheduledThreadPoolExecutor thread;

    ScheduledLane(InstantSource clock) {
        this.clock = clock;
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("lattice-wire").daemon(true).factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            var _ = thread.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "the wire is closed", e);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.log(System.Logger.Level.ERROR, "a task of the wire failed; the next ones run", e);
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
