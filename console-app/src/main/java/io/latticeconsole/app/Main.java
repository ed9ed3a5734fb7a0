package io.latticeconsole.app;

import io.latticeconsole.app.cli.LatticeCommand;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Process entry point.
public final class Main {
    /// Kept, because the registry of loggers holds them weakly.
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private Main() {}

    public static void main(String[] args) {
        // What cannot be reached is told in a sentence; gRPC would add a stack trace to each try.
        GRPC.setLevel(Level.SEVERE);
        System.exit(LatticeCommand.commandLine().execute(args));
    }
}
