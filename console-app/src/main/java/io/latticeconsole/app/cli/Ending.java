package io.latticeconsole.app.cli;

import io.latticeconsole.app.fx.Fx;

/// How a command that opened a window ends.
final class Ending {
    private Ending() {}

    /// Ends the toolkit, which would keep the process alive.
    static int now(int exitCode) {
        Fx.exit();
        return exitCode;
    }
}
