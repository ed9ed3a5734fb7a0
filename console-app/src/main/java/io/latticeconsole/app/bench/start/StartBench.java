package io.latticeconsole.app.bench.start;

import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.app.bench.VirtualDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Times whole processes: a console with its drill lattice, from the start of the process until data of every
/// gateway was drawn; then, if asked for, the heap of one over minutes.
public final class StartBench {
    private static final String PROBE = StartProbe.class.getName();

    private StartBench() {}

    /// Prints one JSON line.
    public static void run(int repeats, int soakMinutes, PrintWriter out) throws IOException, InterruptedException {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        double[] millis = new double[repeats];
        String pipeline = "";
        try (VirtualDisplay display = VirtualDisplay.open()) {
            for (int i = 0; i < repeats; i++) {
                try (ChildJvm child = ChildJvm.start(flags, PROBE, List.of("0"), display.environment())) {
                    String[] answer = answer(child, "live").split(" ", -1);
                    millis[i] = Double.parseDouble(answer[1]);
                    pipeline = answer[2];
                }
            }
            Figures figures = new Figures("start")
                    .put("first_live_frame_p50_ms", Figures.median(millis))
                    .put("first_live_frame_max_ms", Figures.quantile(millis, 1))
                    .put("repeats", repeats)
                    .put("pipeline", pipeline)
                    .put("jvm_flags", String.join(" ", flags));
            if (soakMinutes > 0) {
                soak(figures, flags, display, soakMinutes);
            }
            out.println(figures.putMachine().line());
            out.flush();
        }
    }

    private static void soak(Figures figures, List<String> flags, VirtualDisplay display, int minutes)
            throws IOException {
        double[] heap = new double[minutes];
        try (ChildJvm child = ChildJvm.start(flags, PROBE, List.of(Integer.toString(minutes)), display.environment())) {
            answer(child, "live");
            for (int i = 0; i < minutes; i++) {
                heap[i] = Double.parseDouble(answer(child, "heap").split(" ", -1)[1]);
            }
        }
        figures.put("soak_minutes", minutes)
                .put("heap_first_mb", heap[0])
                .put("heap_last_mb", heap[minutes - 1])
                .put("heap_max_mb", Figures.quantile(heap, 1));
    }

    private static String answer(ChildJvm child, String word) throws IOException {
        for (String line = child.line(); line != null; line = child.line()) {
            if (line.startsWith(word + " ")) {
                return line;
            }
        }
        throw new IOException("the console ended before it was " + word);
    }
}
