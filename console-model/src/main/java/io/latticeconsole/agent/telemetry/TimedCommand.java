package io.latticeconsole.agent.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A program that is run again and again, each time for a limited time. One that cannot even be killed (it hangs in the
/// kernel) is not started again until it has ended. Used by one thread at a time.
final class TimedCommand implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 20;

    /// What it wrote, at most 1 MiB of it, and how it ended.
    record Answer(int exit, String text) {}

    private final String program;
    private final Duration timeout;

    private @Nullable Process last;

    TimedCommand(String program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    String program() {
        return program;
    }

    /// @throws TelemetryUnavailable if it cannot be started or takes too long, after which it is killed
    Answer run(List<String> arguments) throws TelemetryUnavailable {
        if (last != null && last.isAlive()) {
            throw new TelemetryUnavailable(
                    program + " (process " + last.pid() + ") hangs and cannot be killed; it is not started again");
        }
        Process process = start(arguments);
        last = process;
        FutureTask<String> output = new FutureTask<>(() -> text(process));
        Thread.ofVirtual().name(program + "-output").start(output);
        try {
            String text = output.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(timeout)) {
                throw new TimeoutException();
            }
            return new Answer(process.exitValue(), text);
        } catch (TimeoutException _) {
            throw new TelemetryUnavailable(
                    program + " did not end within " + timeout.toMillis() + " ms and was killed");
        } catch (ExecutionException e) {
            throw new TelemetryUnavailable(program + " cannot be read from", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new TelemetryUnavailable("the wait for " + program + " was interrupted");
        } finally {
            kill(process);
        }
    }

    private Process start(List<String> arguments) throws TelemetryUnavailable {
        List<String> line = new ArrayList<>();
        line.add(program);
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new TelemetryUnavailable(program + " cannot be started: it is not installed or may not be run", e);
        }
    }

    private static String text(Process process) {
        try (InputStream in = process.getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            // Read on to its end: a closed pipe would end it as if it had come to an end by itself.
            in.transferTo(OutputStream.nullOutputStream());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        if (last != null) {
            kill(last);
        }
    }
}
