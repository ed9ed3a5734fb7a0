package io.latticeconsole.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Independent pieces of a measurement on all cores there are. Answers come in the order of the pieces, so that what is
/// made of them does not depend on how many cores there were or which piece was done first.
public final class Parallel {
    private Parallel() {}

    /// Runs all pieces and waits for them.
    ///
    /// @throws InterruptedException if the wait is interrupted; pieces still running are interrupted too
    public static <T> List<T> run(List<? extends Callable<T>> pieces) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.clamp(pieces.size(), 1, cores))) {
            List<T> answers = new ArrayList<>();
            try {
                for (Future<T> future : pool.invokeAll(pieces)) {
                    answers.add(future.get());
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a piece of the measurement failed: " + e.getCause(), e);
            }
            return answers;
        }
    }
}
