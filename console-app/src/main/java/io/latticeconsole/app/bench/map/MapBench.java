package io.latticeconsole.app.bench.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.app.bench.VirtualDisplay;
import io.latticeconsole.drill.bench.WorkloadServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `bench map`: a server process, a window process of 1920 × 1080 that draws what it hears, several times over; one
/// JSON line each and
/// one with the medians.
public final class MapBench {
    private static final List<String> SERVER_FLAGS =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow");
    private static final List<String> WINDOW_FLAGS = List.of(
            "-Xmx240m",
            "-Xmn40m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final List<String> MEASURED = List.of(
            "fps",
            "frame_p99_ms",
            "visible_p50_ms",
            "visible_p95_ms",
            "pan_fps",
            "pan_p99_ms",
            "rss_mb",
            "nodes_ok",
            "links_ok");

    private MapBench() {}

    /// Measures and prints. @param repeats at least 1
    ///
    /// @throws IOException if a process or a display cannot be started, or one ends early; the message says which
    public static void run(int nodes, int repeats, PrintWriter out) throws IOException, InterruptedException {
        try (VirtualDisplay display = VirtualDisplay.open()) {
            List<JsonNode> lines = new ArrayList<>();
            for (int i = 1; i <= repeats; i++) {
                String line = once(nodes, display.environment());
                out.println(line);
                out.flush();
                lines.add(new ObjectMapper().readTree(line));
            }
            out.println(medians(nodes, lines));
            out.flush();
        }
    }

    private static String once(int nodes, Map<String, String> environment) throws IOException, InterruptedException {
        List<String> serverArguments = List.of("--nodes", Integer.toString(nodes), "--interval-ms", "1000");
        try (ChildJvm server =
                ChildJvm.start(SERVER_FLAGS, WorkloadServer.class.getName(), serverArguments, Map.of())) {
            String address = expect(server.line(), "listening ").substring("listening ".length());
            List<String> arguments = List.of(Integer.toString(nodes), address);
            try (ChildJvm window =
                    ChildJvm.start(WINDOW_FLAGS, MapBenchWindow.class.getName(), arguments, environment)) {
                return expect(window.line(), "{");
            }
        }
    }

    private static String expect(@Nullable String line, String start) throws IOException {
        if (line == null || !line.startsWith(start)) {
            throw new IOException(
                    "a measuring process said '%s', expected a line starting with '%s'".formatted(line, start));
        }
        return line;
    }

    private static String medians(int nodes, List<JsonNode> lines) {
        Figures figures =
                new Figures("map").put("kind", "median").put("nodes", nodes).put("repeats", lines.size());
        for (String name : MEASURED) {
            figures.put(
                    name,
                    Figures.median(lines.stream()
                            .mapToDouble(l -> l.path(name).asDouble(Double.NaN))
                            .toArray()));
        }
        JsonNode first = lines.getFirst();
        figures.put("links", first.path("links").asLong());
        figures.put("pipeline", first.path("pipeline").asText());
        figures.put("checksum", first.path("checksum").asLong());
        return figures.putMachine().line();
    }
}
