package io.latticeconsole.app.fx;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Work on the FX thread that is asked for more often than it needs doing: the first time at once, then no sooner than
/// a
/// gap after it last began. What is asked for while it waits is done with it. [#ask] may be called from any thread and
/// never blocks.
public final class Spaced {
    private static final System.Logger LOG = System.getLogger(Spaced.class.getName());

    private final ScheduledExecutorService scheduler;
    private final Executor fx;
    private final long gapNanos;
    private final Runnable action;
    private final AtomicBoolean asked = new AtomicBoolean();
    private long next = System.nanoTime();

    /// @param scheduler the caller's; it only hands over
    public Spaced(ScheduledExecutorService scheduler, Executor fx, Duration gap, Runnable action) {
        this.scheduler = scheduler;
        this.fx = fx;
        this.gapNanos = gap.toNanos();
        this.action = action;
    }

    public void ask() {
        if (asked.compareAndSet(false, true)) {
            fx.execute(this::answer);
        }
    }

    private void answer() {
        long early = next - System.nanoTime();
        if (early <= 0) {
            next = System.nanoTime() + gapNanos;
            asked.set(false);
            action.run();
            return;
        }
        try {
            var _ = scheduler.schedule(() -> fx.execute(this::answer), early, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "nothing is brought up to date any more: the window closes", e);
        }
    }
}
