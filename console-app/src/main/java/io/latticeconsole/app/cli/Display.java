package io.latticeconsole.app.cli;

import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.app.bench.VirtualDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;

/// Where a command can draw.
final class Display {
    private Display() {}

    static boolean isPresent() {
        String display = System.getenv("DISPLAY");
        return (display != null && !display.isBlank())
                || !System.getProperty("os.name", "").startsWith("Linux")
                || "Headless".equals(System.getProperty("glass.platform"));
    }

    /// Refuses to go on without a display, saying what would help.
    static void require() throws IOException {
        if (!isPresent()) {
            throw new IOException("there is no display to open a window on; set DISPLAY, or run it under "
                    + "xvfb-run -s \"-screen 0 1920x1080x24\" (Debian: apt-get install xvfb)");
        }
    }

    /// Does the work here if there is a display, otherwise in a child process with the same arguments under Xvfb.
    static int on(List<String> arguments, PrintWriter out, Callable<Integer> work) throws Exception {
        if (isPresent()) {
            return work.call();
        }
        try (VirtualDisplay display = VirtualDisplay.open();
                ChildJvm child = ChildJvm.start(
                        ManagementFactory.getRuntimeMXBean().getInputArguments(),
                        "io.latticeconsole.app.Main",
                        arguments,
                        display.environment())) {
            for (String line = child.line(); line != null; line = child.line()) {
                out.println(line);
                out.flush();
            }
            return child.exitCode(30);
        }
    }
}
