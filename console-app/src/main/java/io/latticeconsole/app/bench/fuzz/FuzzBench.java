package io.latticeconsole.app.bench.fuzz;

import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.fuzz.Fuzz;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/// Sends mutated messages to real servers and says how they took it.
public final class FuzzBench {
    private FuzzBench() {}

    /// Prints one JSON line, then each problem on a line of its own; whether there was none.
    public static boolean run(long messages, long seed, PrintWriter out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lattice-fuzz-");
        try {
            Fuzz.Report report = Fuzz.run(messages, seed, folder);
            Figures figures = new Figures("fuzz")
                    .put("messages", report.messages())
                    .put("seed", seed)
                    .put("seconds", report.seconds());
            report.statuses().forEach((status, count) -> figures.put(status.toLowerCase(Locale.ROOT), count));
            figures.put("heap_growth_bytes", report.heapGrowth())
                    .put("thread_growth", report.threadGrowth())
                    .put("streams_left", report.watchers())
                    .put("log_lines", report.logLines())
                    .put("problems", report.problems().size());
            out.println(figures.putMachine().line());
            report.problems().forEach(out::println);
            out.flush();
            return report.problems().isEmpty();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
