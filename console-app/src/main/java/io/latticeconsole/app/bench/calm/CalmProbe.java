package io.latticeconsole.app.bench.calm;

import io.latticeconsole.app.ConsoleOptions;
import io.latticeconsole.app.ConsoleSession;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.app.bench.Pipeline;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.shell.Picture;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.drill.DrillOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The console of [CalmBench]. Arguments: nodes, seconds to settle, seconds to watch.
public final class CalmProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SECOND = 1_000_000_000L;

    private CalmProbe() {}

    public static void main(String[] args) throws Exception {
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int nodes = Integer.parseInt(args[0]);
        DrillOptions drill = new DrillOptions(nodes, 1, Double.NaN, null, "127.0.0.1", 0);
        ConsoleOptions options = new ConsoleOptions(List.of(), Optional.of(drill), Theme.NIGHT, "bench", 1920, 1080);
        try (ConsoleSession session = ConsoleSession.open(options)) {
            session.awaitLive(PATIENCE);
            session.awaitDrawn(PATIENCE);
            until(System.nanoTime() + Integer.parseInt(args[1]) * SECOND);
            Stillness stillness = watch(session, Integer.parseInt(args[2]));
            out.println(new Figures("calm")
                    .put("nodes", nodes)
                    .put("settle_s", Long.parseLong(args[1]))
                    .put("seconds", Long.parseLong(args[2]))
                    .put("changed_percent_per_s", 100 * stillness.changed())
                    .put("changed_map_percent_per_s", 100 * stillness.changedInMap())
                    .put("changed_panes_percent_per_s", 100 * stillness.changedInPanes())
                    .put("grey_percent", 100 * stillness.grey())
                    .put("pipeline", Pipeline.name())
                    .putMachine()
                    .line());
        }
        Fx.exit();
    }

    private static Stillness watch(ConsoleSession session, int seconds) throws Exception {
        Picture first = session.picture();
        Stillness stillness = new Stillness(
                first.width(), first.height(), boxes(session, ".topology-map").getFirst(), boxes(session, ".clock"));
        stillness.add(first.rgb());
        long start = System.nanoTime();
        for (int i = 1; i <= seconds; i++) {
            until(start + i * SECOND);
            stillness.add(session.picture().rgb());
        }
        return stillness;
    }

    private static List<Stillness.Box> boxes(ConsoleSession session, String selector) throws InterruptedException {
        return session.boundsOf(selector).stream()
                .map(b -> new Stillness.Box((int) b.getMinX(), (int) b.getMinY(), (int) Math.ceil(b.getWidth()), (int)
                        Math.ceil(b.getHeight())))
                .toList();
    }

    /// Lets the lattice go on until a moment of the monotonic clock: what is waited for is time itself.
    private static void until(long nanos) throws Exception {
        var _ = new CompletableFuture<Boolean>()
                .completeOnTimeout(true, Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS)
                .get();
    }
}
