package io.latticeconsole.app.fx;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import javafx.application.Platform;

/// The FX thread.
public final class Fx {
    private Fx() {}

    /// Runs tasks on the FX thread, later and in order; for completions of orders and other rare things. What repeats
    /// goes through [NewestWins] or [Ticks].
    public static Executor executor() {
        return Platform::runLater;
    }

    public static boolean isFxThread() {
        return Platform.isFxApplicationThread();
    }

    /// Starts the toolkit and returns once it runs; later calls return at once. The toolkit outlives its windows until
    /// [#exit].
    ///
    /// @throws InterruptedException if the caller is interrupted while the toolkit starts
    public static void start() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        try {
            Platform.startup(running::countDown);
        } catch (IllegalStateException alreadyRunning) {
            Platform.runLater(running::countDown);
        }
        Platform.setImplicitExit(false);
        running.await();
    }

    /// Ends the toolkit; windows close.
    public static void exit() {
        Platform.exit();
    }
}
