package io.latticeconsole.app;

import io.latticeconsole.app.cli.LatticeCommand;

/// Process entry point.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(LatticeCommand.commandLine().execute(args));
    }
}
