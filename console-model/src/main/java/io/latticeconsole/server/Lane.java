package io.latticeconsole.server;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The one thread of an endpoint, or of its publication: what is only touched here needs no lock. Handing over work
/// never waits. Work that throws is logged and counted, and the lane goes on.
public final class Lane implements Executor, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    private final AtomicLong failures = new AtomicLong();
    private final ScheduledThreadPoolExecutor thread;

    public Lane(String name) {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory(), new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
    }

    /// Runs work after everything handed over before; drops it once the lane is closed.
    @Override
    public void execute(Runnable work) {
        thread.execute(guarded(work));
    }

    /// Runs work once, that much later.
    public void after(Duration delay, Runnable work) {
        var _ = thread.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Runs work again and again.
    public void every(Duration period, Runnable work) {
        var _ = thread.scheduleAtFixedRate(guarded(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Pieces of work that threw.
    public long failures() {
        return failures.get();
    }

    public boolean isClosed() {
        return thread.isShutdown();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                failures.incrementAndGet();
                LOG.log(System.Logger.Level.ERROR, Thread.currentThread().getName() + ": work failed", e);
            }
        };
    }
}
