package io.latticeconsole.app.bench.calm;

import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.app.bench.VirtualDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Measures how still a quiet window is: a picture each second of a console on an undisturbed drill lattice.
public final class CalmBench {
    private CalmBench() {}

    /// @param nodes of the drill lattice
    /// @param settle seconds between live data and the first picture
    /// @param seconds seconds from the first picture to the last
    public record Options(int nodes, int settle, int seconds) {
        public Options {
            if (settle < 0 || seconds < 1) {
                throw new IllegalArgumentException(
                        "a quiet span has at least a second after 0 or more to settle, not %d after %d"
                                .formatted(seconds, settle));
            }
        }
    }

    /// Prints one JSON line.
    public static void run(Options options, PrintWriter out) throws IOException {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        List<String> arguments = List.of(
                Integer.toString(options.nodes), Integer.toString(options.settle), Integer.toString(options.seconds));
        try (VirtualDisplay display = VirtualDisplay.open();
                ChildJvm console = ChildJvm.start(flags, CalmProbe.class.getName(), arguments, display.environment())) {
            for (String line = console.line(); line != null; line = console.line()) {
                out.println(line);
                out.flush();
            }
        }
    }
}
