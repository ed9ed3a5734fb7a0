package io.latticeconsole.drill.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

/// A recorded run of requests in the form of Azure's LLM inference traces: a header `TIMESTAMP,ContextTokens,
/// GeneratedTokens`, then a request a line, in order of time.
public final class Trace {
    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSSS][.SSSSSS]");

    private final double[] atSeconds;
    private final int[] context;
    private final int[] generated;

    private Trace(double[] atSeconds, int[] context, int[] generated) {
        this.atSeconds = atSeconds;
        this.context = context;
        this.generated = generated;
    }

    /// Reads a trace file.
    ///
    /// @throws IOException if it cannot be read
    /// @throws IllegalArgumentException if it is not such a trace, naming the file, the line and what was expected
    public static Trace read(Path file) throws IOException {
        return parse(file.getFileName().toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    /// Parses a trace's lines; `name` is for messages.
    ///
    /// @throws IllegalArgumentException as for [#read]
    public static Trace parse(String name, List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
            throw bad(name, 1, "the header '" + HEADER + "'", lines.isEmpty() ? "" : lines.getFirst());
        }
        int n = lines.size() - 1;
        if (n < 2) {
            throw bad(name, 2, "at least two requests", n == 0 ? "" : lines.get(1));
        }
        double[] at = new double[n];
        int[] context = new int[n];
        int[] generated = new int[n];
        LocalDateTime first = null;
        for (int i = 0; i < n; i++) {
            String line = lines.get(i + 1);
            String[] parts = line.split(",", -1);
            if (parts.length != 3) {
                throw bad(name, i + 2, "three fields separated by commas", line);
            }
            LocalDateTime time = time(name, i + 2, parts[0]);
            first = first == null ? time : first;
            at[i] = Duration.between(first, time).toNanos() / 1e9;
            if (i > 0 && at[i] < at[i - 1]) {
                throw bad(name, i + 2, "a time not before that of the line above", line);
            }
            context[i] = tokens(name, i + 2, "ContextTokens", parts[1]);
            generated[i] = tokens(name, i + 2, "GeneratedTokens", parts[2]);
        }
        if (at[n - 1] <= 0) {
            throw bad(name, n + 1, "a time after that of the first request", lines.getLast());
        }
        return new Trace(at, context, generated);
    }

    private static LocalDateTime time(String name, int line, String text) {
        try {
            return LocalDateTime.parse(text.strip(), TIME);
        } catch (DateTimeParseException e) {
            IllegalArgumentException named = bad(name, line, "a time such as 2023-11-16 18:15:46.6805900", text);
            named.initCause(e);
            throw named;
        }
    }

    private static int tokens(String name, int line, String field, String text) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 7 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw bad(name, line, "a whole number of " + field, text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException bad(String name, int line, String expected, String found) {
        String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        return new IllegalArgumentException(
                "trace " + name + ", line " + line + ": expected " + expected + ", found '" + shown + "'");
    }

    public int size() {
        return context.length;
    }

    public int contextTokens(int i) {
        return context[i];
    }

    public int generatedTokens(int i) {
        return generated[i];
    }

    /// Time from request i to the next; after the last, the mean gap.
    public double gapSeconds(int i) {
        return i + 1 < context.length ? atSeconds[i + 1] - atSeconds[i] : 1 / meanRate();
    }

    /// Requests per second over the whole trace.
    public double meanRate() {
        return (context.length - 1) / atSeconds[context.length - 1];
    }
}
