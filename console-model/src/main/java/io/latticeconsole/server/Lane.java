package io.latticeconsole.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The one thread of an endpoint, of its publication, or of a gateway: what is only touched here needs no lock. Handing
/// over work never waits. Work that throws is logged and counted, and the lane goes on.
public final class Lane implements Executor, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());

    private final String name;
    private final ScheduledExecutorService thread;
    private final boolean shared;
    private final AtomicLong failures = new AtomicLong();
    private final Set<Future<?>> repeating = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// With a thread of its own.
    public Lane(String name) {
        this(name, ownThread(name), false);
    }

    private Lane(String name, ScheduledExecutorService thread, boolean shared) {
        this.name = name;
        this.thread = thread;
        this.shared = shared;
    }

    /// On a thread that also reads and writes connections: what comes from one and goes out by another wakes nobody
    /// else on its way. Work on it must neither block nor take long.
    public static Lane amongConnections(String name) {
        return new Lane(name, EventLoops.SERVING.next(), true);
    }

    private static ScheduledExecutorService ownThread(String name) {
        var thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory(), new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        return thread;
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
        repeating.add(
                thread.scheduleAtFixedRate(guarded(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
    }

    /// Pieces of work that threw.
    public long failures() {
        return failures.get();
    }

    public boolean isClosed() {
        return closed;
    }

    /// What was handed over and has not begun does not run any more.
    @Override
    public void close() {
        closed = true;
        if (shared) {
            repeating.forEach(r -> r.cancel(false));
        } else {
            thread.shutdownNow();
        }
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            if (closed) {
                return;
            }
            try {
                work.run();
            } catch (RuntimeException e) {
                failures.incrementAndGet();
                LOG.log(System.Logger.Level.ERROR, name + ": work failed", e);
            }
        };
    }
}
