package io.latticeconsole.app.bench.real;

import io.latticeconsole.app.Main;
import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.server.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What an idle agent costs its machine: without an embedded engine, watched by nobody.
public final class AgentBench {
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final List<String> FLAGS = List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private AgentBench() {}

    /// Measures for that long and prints one JSON line. Reads `/proc`, so Linux only.
    public static void run(int seconds, PrintWriter out) throws IOException, InterruptedException {
        String address = FreePorts.text(FreePorts.take("127.0.0.1", 0, 1).getFirst());
        Path file = Files.createTempFile("agent-", ".yaml");
        Files.writeString(file, """
                role: node
                lattice: bench
                node: regions/eu/sites/site-1/nodes/n1
                listen: %s
                engine: {kind: open-inference, address: '127.0.0.1:1'}
                models: [{code: minilm}]
                """.formatted(address));
        try (ChildJvm agent =
                ChildJvm.start(FLAGS, Main.class.getName(), List.of("agent", "run", file.toString()), Map.of())) {
            if (agent.line() == null) {
                throw new IOException("the agent ended before it listened");
            }
            TimeUnit.SECONDS.sleep(SETTLE.toSeconds());
            double before = cpuSeconds(agent.pid());
            TimeUnit.SECONDS.sleep(seconds);
            double cores = (cpuSeconds(agent.pid()) - before) / seconds;
            out.println(new Figures("agent")
                    .put("rss_mb", rssMb(agent.pid()))
                    .put("cpu_percent_of_a_core", 100 * cores)
                    .put("seconds", seconds)
                    .put("jvm_flags", String.join(" ", FLAGS))
                    .putMachine()
                    .line());
            out.flush();
        } finally {
            Files.delete(file);
        }
    }

    private static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(p -> p.info().totalCpuDuration())
                .map(d -> d.toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    private static double rssMb(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6;
            }
        }
        return Double.NaN;
    }
}
