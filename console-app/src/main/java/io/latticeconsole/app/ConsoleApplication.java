package io.latticeconsole.app;

import io.latticeconsole.app.fx.Fx;
import java.io.IOException;

/// The console as an application: one window until it is closed.
public final class ConsoleApplication {
    private ConsoleApplication() {}

    /// Opens a console and waits until its window is closed.
    ///
    /// @return the exit code of the process
    /// @throws IOException if the drill lattice cannot listen or its trace cannot be read
    /// @throws IllegalArgumentException naming an address or option that is wrong
    public static int run(ConsoleOptions options) throws IOException, InterruptedException {
        try (ConsoleSession session = ConsoleSession.open(options, true)) {
            session.awaitClosed();
        }
        Fx.exit();
        return 0;
    }
}
