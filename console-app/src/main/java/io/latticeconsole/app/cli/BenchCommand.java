package io.latticeconsole.app.cli;

import io.latticeconsole.app.bench.glass.GlassBench;
import io.latticeconsole.app.bench.start.StartBench;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Measurements; each prints its figures as one JSON line.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures, and prints the figures of each measurement as one JSON line.",
            "Those that draw use the display they find, or start an Xvfb of 1920x1080 themselves; they say which "
                    + "JavaFX pipeline drew. Figures depend on what else the machine does: quote medians and ratios."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = line();
        line.usage(line.getOut());
        return 0;
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Process start to the first live frame of a console with its drill lattice; with --soak "
                    + "also its heap after each minute.")
    int start(
            @Option(names = "--repeats", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.") int repeats,
            @Option(names = "--soak", defaultValue = "0", paramLabel = "MINUTES", description = "Default: none.")
                    int soak)
            throws Exception {
        StartBench.run(repeats, soak, out());
        return 0;
    }

    @Command(
            name = "glass",
            mixinStandardHelpOptions = true,
            description = "Crashes nodes and times each from the gateway's delta to the pixel drawn.")
    int glass(
            @Option(names = "--crashes", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}.") int crashes)
            throws Exception {
        GlassBench.run(crashes, out());
        return 0;
    }

    private PrintWriter out() {
        return line().getOut();
    }

    private CommandLine line() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return command.commandLine();
    }
}
