package io.latticeconsole.app.fx;

import io.latticeconsole.store.ConsoleState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The console's newest state on the FX thread. The store's thread offers; at most one hand-over is queued. Whoever
/// listens closes what [#each] returned.
public final class StateFeed {
    private final List<Consumer<ConsoleState>> listeners = new CopyOnWriteArrayList<>();
    private final NewestWins<ConsoleState> handOver;
    private ConsoleState newest = ConsoleState.EMPTY;

    public StateFeed() {
        this(Fx.executor());
    }

    public StateFeed(Executor fx) {
        this.handOver = new NewestWins<>(fx, this::deliver);
    }

    /// Any thread.
    public void offer(ConsoleState state) {
        handOver.offer(state);
    }

    /// The newest state that was handed over. FX thread.
    public ConsoleState newest() {
        return newest;
    }

    /// Calls a listener with the present state and with each newer one. FX thread.
    public AutoCloseable each(Consumer<ConsoleState> listener) {
        listeners.add(listener);
        listener.accept(newest);
        return () -> listeners.remove(listener);
    }

    private void deliver(ConsoleState state) {
        newest = state;
        listeners.forEach(l -> l.accept(state));
    }
}
