package io.latticeconsole.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A display to draw on: the one found in the environment, or an Xvfb of 1920x1080 started here.
public final class VirtualDisplay implements AutoCloseable {
    private static final String VARIABLE = "DISPLAY";

    private final String name;
    private final Optional<Process> server;

    private VirtualDisplay(String name, Optional<Process> server) {
        this.name = name;
        this.server = server;
    }

    /// @throws IOException if there is no display and Xvfb cannot be started; the message says what to install
    public static VirtualDisplay open() throws IOException {
        String present = System.getenv(VARIABLE);
        if (present != null && !present.isBlank()) {
            return new VirtualDisplay(present, Optional.empty());
        }
        Process xvfb;
        try {
            xvfb = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("there is no display and no Xvfb to make one; on Debian: apt-get install xvfb", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(xvfb::destroy, "end-xvfb"));
        BufferedReader answer = xvfb.inputReader();
        String number = answer.readLine();
        if (number == null) {
            throw new IOException("Xvfb ended before it named its display");
        }
        return new VirtualDisplay(":" + number.strip(), Optional.of(xvfb));
    }

    /// What a child process needs in its environment.
    public Map<String, String> environment() {
        return Map.of(VARIABLE, name);
    }

    public String name() {
        return name;
    }

    @Override
    public void close() {
        server.ifPresent(VirtualDisplay::end);
    }

    private static void end(Process xvfb) {
        xvfb.destroy();
        try {
            if (!xvfb.waitFor(5, TimeUnit.SECONDS)) {
                xvfb.destroyForcibly();
            }
        } catch (InterruptedException e) {
            xvfb.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
