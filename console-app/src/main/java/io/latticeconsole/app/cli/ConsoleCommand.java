package io.latticeconsole.app.cli;

import io.latticeconsole.app.ConsoleApplication;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Opens the console, as no subcommand does.
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = "Opens the console (what happens without a subcommand).")
final class ConsoleCommand implements Callable<Integer> {
    @Mixin
    private WindowFlags window = new WindowFlags();

    @Override
    public Integer call() throws Exception {
        Display.require();
        return ConsoleApplication.run(window.options());
    }
}
