package io.latticeconsole.agent.engine.embedded;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The embedded engine as a child process with a class path of its own: this process's and the folder `engine` beside
/// this module's classes, which the build fills. Speak to it with an `OipEngine` at its port.
public final class EmbeddedProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Duration exitTimeout;

    private EmbeddedProcess(Process process, int port, Duration exitTimeout) {
        this.process = process;
        this.port = port;
        this.exitTimeout = exitTimeout;
    }

    /// Starts it on a free port of loopback; it serves once it has loaded what it is to load. What it says goes to
    /// `log`.
    ///
    /// @throws IOException if the folder `engine` is missing or no process could be started
    public static EmbeddedProcess start(
            Map<String, Optional<Path>> versions, List<String> load, Duration exitTimeout, Path log)
            throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xss8m",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-DOPT_OUT_TRACKING=true",
                "-Doffline=true",
                EmbeddedMain.class.getName(),
                String.valueOf(port),
                String.valueOf(exitTimeout.toSeconds())));
        versions.forEach((name, directory) -> command.add((load.contains(name) ? "+" : "")
                + name
                + directory.map(d -> "=" + d).orElse("")));
        ProcessBuilder child =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Not as an argument: ONNX Runtime 1.29 overflows its stack on command lines of 4 kB, hence -Xss8m too.
        child.environment().put("CLASSPATH", classPath());
        Process process = child.start();
        return new EmbeddedProcess(process, port, exitTimeout);
    }

    private static String classPath() throws IOException {
        Path folder = home().resolveSibling("engine");
        if (!Files.isDirectory(folder)) {
            throw new IOException("the embedded engine is not installed: expected its jars in " + folder);
        }
        return System.getProperty("java.class.path") + File.pathSeparator + folder.resolve("*");
    }

    private static Path home() throws IOException {
        try {
            return Path.of(EmbeddedProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException bad) {
            throw new IOException("this program lies at a place that is no path", bad);
        }
    }

    public int port() {
        return port;
    }

    /// The child itself, to watch or to kill.
    public Process process() {
        return process;
    }

    /// Lets it finish what is in flight for as long as its exit time-out says, then ends it.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(exitTimeout.toMillis() + 2_000, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
