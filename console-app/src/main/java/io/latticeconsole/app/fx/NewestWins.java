package io.latticeconsole.app.fx;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A hand-over to the FX thread of which at most one is queued: whoever offers while one waits replaces its
/// value, so the consumer only ever sees the newest. [#offer] may be called from any thread and never blocks;
/// the consumer runs on the executor given, the FX thread outside tests.
public final class NewestWins<T> {
    private final Executor fx;
    private final Consumer<? super T> consumer;
    private final AtomicReference<@Nullable T> waiting = new AtomicReference<>();

    public NewestWins(Consumer<? super T> consumer) {
        this(Fx.executor(), consumer);
    }

    public NewestWins(Executor fx, Consumer<? super T> consumer) {
        this.fx = fx;
        this.consumer = consumer;
    }

    public void offer(T value) {
        if (waiting.getAndSet(value) == null) {
            fx.execute(this::handOver);
        }
    }

    private void handOver() {
        T newest = waiting.getAndSet(null);
        if (newest != null) {
            consumer.accept(newest);
        }
    }
}
