package io.latticeconsole.app.bench.feed;

import com.sun.management.OperatingSystemMXBean;
import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.drill.bench.BareWatch;
import io.latticeconsole.drill.bench.WorkloadServer;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.wire.LatticeConnection;
import io.latticeconsole.wire.WatchRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Measures the feed: the client's processor time while a server in another process publishes every node once a second
/// into the store, and then rows per second into the store without conflation and without pause, against the same
/// messages parsed and thrown away. Bare stream and store take turns; figures are medians of their rounds.
public final class FeedBench {
    private static final String LISTENING = "listening ";
    private static final int ROUNDS = 5;

    /// How long each part is warmed up and measured.
    public record Spans(Duration warmUp, Duration atOneHertz, Duration round) {
        public static final Spans FULL =
                new Spans(Duration.ofSeconds(8), Duration.ofSeconds(20), Duration.ofSeconds(4));
    }

    private record Rate(double rowsPerSecond, double cores) {}

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final int nodes;
    private final Spans spans;

    private FeedBench(int nodes, Spans spans) {
        this.nodes = nodes;
        this.spans = spans;
    }

    /// Measures with that many nodes and prints one JSON line.
    ///
    /// @throws IOException if the server's process cannot be started or says nothing
    public static void run(int nodes, PrintWriter out) throws IOException {
        run(nodes, Spans.FULL, out);
    }

    static void run(int nodes, Spans spans, PrintWriter out) throws IOException {
        FeedBench bench = new FeedBench(nodes, spans);
        Figures figures = new Figures("feed").put("nodes", nodes);
        bench.atOneHertz(figures);
        bench.unthrottled(figures);
        out.println(figures.putMachine().line());
        out.flush();
    }

    private ChildJvm server(long intervalMillis) throws IOException {
        return ChildJvm.start(
                List.of(
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"),
                WorkloadServer.class.getName(),
                List.of("--nodes", Integer.toString(nodes), "--interval-ms", Long.toString(intervalMillis)),
                Map.of());
    }

    private static String address(ChildJvm server) throws IOException {
        String line = server.line();
        if (line == null || !line.startsWith(LISTENING)) {
            throw new IOException("the workload's server said " + line + " instead of where it listens");
        }
        return line.substring(LISTENING.length());
    }

    private void atOneHertz(Figures figures) throws IOException {
        try (ChildJvm server = server(1000);
                LatticeStore store = LatticeStore.start();
                LatticeConnection _ = LatticeConnection.open(List.of(address(server)), "bench", store)) {
            LongSupplier rows = () -> store.samples().counts().rows();
            awaitRows(rows);
            pause(spans.warmUp());
            Rate rate = measure(rows, spans.atOneHertz());
            figures.put("cpu_cores", rate.cores()).put("rows_per_second_at_1_hz", rate.rowsPerSecond());
        }
    }

    private void unthrottled(Figures figures) throws IOException {
        double[] bare = new double[ROUNDS];
        double[] stored = new double[ROUNDS];
        double[] bareCores = new double[ROUNDS];
        double[] storedCores = new double[ROUNDS];
        long conflated = 0;
        try (ChildJvm server = server(0)) {
            String address = address(server);
            for (int round = 0; round < ROUNDS; round++) {
                Duration warmUp = round == 0 ? spans.warmUp() : spans.round().dividedBy(4);
                Rate thrownAway = bare(address, warmUp);
                bare[round] = thrownAway.rowsPerSecond();
                bareCores[round] = thrownAway.cores();
                try (LatticeStore store = LatticeStore.start()) {
                    Rate kept = stored(address, store, warmUp);
                    stored[round] = kept.rowsPerSecond();
                    storedCores[round] = kept.cores();
                    conflated += store.samples().counts().conflated();
                }
            }
        }
        double ratio = Figures.median(stored) / Figures.median(bare);
        figures.put("ratio_to_bare_stream", ratio)
                .put("rows_per_second", Figures.median(stored))
                .put("bare_rows_per_second", Figures.median(bare))
                .put("cores_unthrottled", Figures.median(storedCores))
                .put("bare_cores", Figures.median(bareCores))
                .put("rounds", ROUNDS)
                .put("batches_conflated", conflated);
    }

    private Rate bare(String address, Duration warmUp) {
        try (BareWatch watch = BareWatch.open(address)) {
            awaitRows(watch::rows);
            pause(warmUp);
            return measure(watch::rows, spans.round());
        }
    }

    private Rate stored(String address, LatticeStore store, Duration warmUp) {
        try (LatticeConnection _ = LatticeConnection.open(List.of(address), "bench", store, WatchRequest.EVERY_BATCH)) {
            LongSupplier rows = () -> store.samples().counts().rows();
            awaitRows(rows);
            pause(warmUp);
            return measure(rows, spans.round());
        }
    }

    private Rate measure(LongSupplier rows, Duration span) {
        long begin = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long before = rows.getAsLong();
        pause(span);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Rate((rows.getAsLong() - before) / seconds, (system.getProcessCpuTime() - cpu) / 1e9 / seconds);
    }

    private static void awaitRows(LongSupplier rows) {
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (rows.getAsLong() == 0) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("no samples came within 60 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void pause(Duration span) {
        long due = System.nanoTime() + span.toNanos();
        for (long left = span.toNanos(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
