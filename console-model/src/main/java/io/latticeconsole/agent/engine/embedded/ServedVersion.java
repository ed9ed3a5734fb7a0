package io.latticeconsole.agent.engine.embedded;

import io.latticeconsole.agent.engine.EngineModel.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// One version that the engine knows: where it lies, whether it is loaded, and what it has counted. Requests hold the
/// read lock, so that a version is unloaded only when none is in flight.
final class ServedVersion {
    private final @Nullable Path directory;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private @Nullable Transformer transformer;
    private volatile State state = State.UNLOADED;
    private volatile String reason = "";
    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder totalNanos = new LongAdder();
    final LongAdder failedNanos = new LongAdder();
    final LongAdder queueNanos = new LongAdder();
    final LongAdder computeNanos = new LongAdder();
    volatile long lastMillis;

    /// What is done with a loaded version.
    interface Use<T> {
        T with(Transformer transformer) throws Exception;
    }

    ServedVersion(@Nullable Path directory) {
        this.directory = directory;
    }

    State state() {
        return state;
    }

    String reason() {
        return reason;
    }

    /// Loads it, or loads it again after its files changed; what was loaded serves until then.
    ///
    /// @throws IOException why it could not be loaded; the state tells it too
    void load() throws IOException {
        Transformer loaded;
        state = State.LOADING;
        try {
            loaded = Transformer.load(VersionFiles.read(directory));
        } catch (IOException bad) {
            replace(null, State.FAILED, String.valueOf(bad.getMessage()));
            throw bad;
        }
        replace(loaded, State.READY, "");
    }

    /// Unloads it once the requests in flight are answered.
    void unload() {
        state = State.UNLOADING;
        replace(null, State.UNLOADED, "unloaded");
    }

    private void replace(@Nullable Transformer next, State nextState, String why) {
        lock.writeLock().lock();
        try (Transformer _ = transformer) {
            transformer = next;
            reason = why;
            state = nextState;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Uses it while it stays loaded; null if it is not.
    <T> @Nullable T use(Use<T> use) throws Exception {
        lock.readLock().lock();
        try {
            Transformer now = transformer;
            return now == null ? null : use.with(now);
        } finally {
            lock.readLock().unlock();
        }
    }
}
