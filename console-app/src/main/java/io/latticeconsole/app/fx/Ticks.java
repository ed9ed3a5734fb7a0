package io.latticeconsole.app.fx;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Paced work on the FX thread without keeping its pulse alive between the paces: an idle screen draws nothing. A tick
/// that finds its forerunner still queued is dropped. The scheduler belongs to the caller and outlives the tickers.
public final class Ticks {
    /// The pace of tables: one sort and one redraw per tick.
    public static final Duration TABLES = Duration.ofMillis(200);

    private final ScheduledExecutorService scheduler;
    private final Executor fx;

    public Ticks(ScheduledExecutorService scheduler) {
        this(scheduler, Fx.executor());
    }

    public Ticks(ScheduledExecutorService scheduler, Executor fx) {
        this.scheduler = scheduler;
        this.fx = fx;
    }

    /// Runs an action on the FX thread once per period, until closed. After [Ticker#close], called on the FX
    /// thread, the action does not run again.
    public Ticker every(Duration period, Runnable action) {
        Ticker ticker = new Ticker(action);
        NewestWins<Boolean> handOver = new NewestWins<>(fx, _ -> ticker.run());
        ticker.beat =
                scheduler.scheduleAtFixedRate(() -> handOver.offer(true), 0, period.toMillis(), TimeUnit.MILLISECONDS);
        return ticker;
    }

    /// A running ticker.
    public static final class Ticker implements AutoCloseable {
        private final Runnable action;
        private volatile boolean closed;
        private volatile @Nullable ScheduledFuture<?> beat;

        private Ticker(Runnable action) {
            this.action = action;
        }

        private void run() {
            if (!closed) {
                action.run();
            }
        }

        @Override
        public void close() {
            closed = true;
            ScheduledFuture<?> running = beat;
            if (running != null) {
                running.cancel(false);
            }
        }
    }
}
