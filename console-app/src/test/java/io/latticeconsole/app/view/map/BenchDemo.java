package io.latticeconsole.app.view.map;

import io.latticeconsole.app.bench.map.MapBench;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Runs the map's measurement by hand: nodes, repeats.
public final class BenchDemo {
    private BenchDemo() {}

    public static void main(String[] args) throws Exception {
        MapBench.run(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }
}
