package io.latticeconsole.fuzz;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Hears what the process says went wrong, and what no thread has caught, while it is open. What is only said
/// of refused callers is counted and not printed.
final class LogWatch implements AutoCloseable {
    private static final int KEPT = 20;

    private final Logger root = Logger.getLogger("");
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lines = new AtomicInteger();
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.incrementAndGet();
            boolean odd = line.getThrown() instanceof RuntimeException thrown && !isTooLarge(thrown);
            if (line.getLevel().intValue() >= Level.SEVERE.intValue() || odd) {
                note(line.getLoggerName() + ": " + line.getMessage() + " " + trace(line.getThrown()));
            }
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    LogWatch() {
        root.addHandler(ear);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> note("not caught in " + thread.getName() + ": " + trace(thrown)));
    }

    /// What gRPC says of a message over the limit; it refuses that before we see it.
    private static boolean isTooLarge(RuntimeException thrown) {
        return thrown instanceof StatusRuntimeException status
                && status.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
    }

    private void note(String error) {
        if (errors.size() < KEPT) {
            errors.add(error);
        }
    }

    private static String trace(@org.jspecify.annotations.Nullable Throwable thrown) {
        StringBuilder text = new StringBuilder(String.valueOf(thrown));
        if (thrown != null) {
            int frames = Math.min(12, thrown.getStackTrace().length);
            for (int i = 0; i < frames; i++) {
                text.append("\n    at ").append(thrown.getStackTrace()[i]);
            }
        }
        return text.toString();
    }

    /// The first errors.
    Queue<String> errors() {
        return errors;
    }

    /// Lines of log of any level that is on.
    int lines() {
        return lines.get();
    }

    @Override
    public void close() {
        root.removeHandler(ear);
        Thread.setDefaultUncaughtExceptionHandler(before);
    }
}
