package io.latticeconsole.app.bench.glass;

import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.app.bench.VirtualDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/// Times node crashes from the gateway that tells of them, in one process, to the pixels of a console in another.
public final class GlassBench {
    private GlassBench() {}

    /// Prints one JSON line.
    public static void run(int crashes, PrintWriter out) throws IOException {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        try (VirtualDisplay display = VirtualDisplay.open();
                ChildJvm drill = ChildJvm.start(
                        flags, "io.latticeconsole.app.Main", List.of("drill", "--listen", "127.0.0.1:0"), Map.of())) {
            String address = drill.line();
            if (address == null) {
                throw new IOException("the drill lattice ended before it listened");
            }
            List<String> arguments = List.of(address, Integer.toString(crashes));
            try (ChildJvm console =
                    ChildJvm.start(flags, GlassProbe.class.getName(), arguments, display.environment())) {
                for (String line = console.line(); line != null; line = console.line()) {
                    out.println(line);
                    out.flush();
                }
            }
        }
    }
}
