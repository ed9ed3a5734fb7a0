package io.latticeconsole.app.bench.start;

import io.latticeconsole.app.ConsoleOptions;
import io.latticeconsole.app.ConsoleSession;
import io.latticeconsole.app.bench.Pipeline;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.drill.DrillOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The process that [StartBench] times: says when its window first shows live data, then how large its heap is after a
/// collection, once a minute for as many minutes as its argument says.
public final class StartProbe {
    private StartProbe() {}

    public static void main(String[] args) throws Exception {
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        ConsoleOptions options =
                new ConsoleOptions(List.of(), Optional.of(DrillOptions.aurora(1)), Theme.NIGHT, "bench", 1920, 1080);
        try (ConsoleSession session = ConsoleSession.open(options)) {
            session.awaitLive(Duration.ofSeconds(60));
            session.awaitDrawn(Duration.ofSeconds(60));
            Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
            out.println("live " + Duration.between(started, Instant.now()).toMillis() + " " + Pipeline.name());
            for (int minute = 0; minute < Integer.parseInt(args[0]); minute++) {
                var _ = new CompletableFuture<Boolean>()
                        .completeOnTimeout(true, 1, TimeUnit.MINUTES)
                        .get();
                System.gc();
                long used =
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
                out.println("heap " + (used >> 20));
            }
        }
        Fx.exit();
    }
}
