package io.latticeconsole.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The end of a command that runs until it is interrupted. The process ends when its hooks have: this one waits until
/// all that the command opened is closed.
final class Interruption implements AutoCloseable {
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Duration closeWithin;

    /// @param closeWithin how long what was running has to close
    Interruption(Duration closeWithin) {
        this.closeWithin = closeWithin;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "interrupted"));
    }

    /// Blocks until the process is told to end.
    void await() throws InterruptedException {
        interrupted.await();
    }

    private void end() {
        interrupted.countDown();
        try {
            if (!closed.await(closeWithin.toMillis(), TimeUnit.MILLISECONDS)) {
                System.getLogger(Interruption.class.getName())
                        .log(System.Logger.Level.WARNING, "what was running did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Opened first, closed last.
    @Override
    public void close() {
        closed.countDown();
    }
}
