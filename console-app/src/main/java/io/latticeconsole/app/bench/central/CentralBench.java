package io.latticeconsole.app.bench.central;

import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.app.bench.Parallel;
import io.latticeconsole.drill.sim.Trace;
import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.drill.world.CentralWorld;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.WorldSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A lattice against one central site: the same requests, second by second, on the same machines with the same
/// replicas, once spread over the world and once in Ashburn. Means over seeds with 95 % intervals.
public final class CentralBench {
    /// Requests per second of the chat models that a trace is scaled to: what Aurora's chat models are sized for.
    private static final double TRACE_RATE = 340;

    private CentralBench() {}

    /// `seconds` of lattice time are measured; `trace`, in the Azure form, is run as well if given.
    public record Options(
            int nodes, int seeds, int seconds, @Nullable Path trace) {
        public static final Options DEFAULT = new Options(Aurora.DEFAULT_NODES, 10, 120, null);
    }

    /// Prints a JSON line for the built-in requests and one for the trace.
    ///
    /// @throws IOException if the trace cannot be read
    /// @throws IllegalArgumentException if it is not one
    public static void run(Options options, PrintWriter out) throws IOException, InterruptedException {
        Trace trace = options.trace() == null ? null : Trace.read(options.trace());
        print(options, null, "generated", out);
        if (trace != null) {
            print(options, trace, "trace", out);
        }
    }

    private static void print(Options options, @Nullable Trace trace, String requests, PrintWriter out)
            throws InterruptedException {
        List<ModelSpec> models = Aurora.generate(options.nodes(), 1).models();
        List<Callable<Outcome>> runs = new ArrayList<>();
        for (int seed = 1; seed <= options.seeds(); seed++) {
            WorldSpec usual = Aurora.generate(options.nodes(), seed);
            WorldSpec world = trace == null ? usual : usual.atRate(TRACE_RATE * options.nodes() / Aurora.DEFAULT_NODES);
            runs.add(() -> Outcome.measure(world, largestSite(world), trace, options.seconds()));
            WorldSpec one = CentralWorld.of(world);
            runs.add(() -> Outcome.measure(one, one.sites().size() - 1, trace, options.seconds()));
        }
        List<Outcome> outcomes = Parallel.run(runs);
        List<Outcome> lattice = new ArrayList<>();
        List<Outcome> central = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i += 2) {
            lattice.add(outcomes.get(i));
            central.add(outcomes.get(i + 1));
        }
        Figures figures = new Figures("lattice-vs-central")
                .put("requests", requests)
                .put("nodes", options.nodes())
                .put("seeds", options.seeds())
                .put("seconds", options.seconds());
        put(figures, "lattice", lattice, models);
        put(figures, "central", central, models);
        out.println(figures.putMachine().line());
        out.flush();
    }

    private static int largestSite(WorldSpec world) {
        int[] nodes = new int[world.sites().size()];
        world.nodes().forEach(n -> nodes[n.site()]++);
        int best = 0;
        for (int s = 1; s < nodes.length; s++) {
            best = nodes[s] > nodes[best] ? s : best;
        }
        return best;
    }

    private static void put(Figures figures, String side, List<Outcome> outcomes, List<ModelSpec> models) {
        for (int m = 0; m < models.size(); m++) {
            int model = m;
            if (outcomes.stream().allMatch(o -> o.count(model) == 0)) {
                continue;
            }
            String name = side + "_" + models.get(m).displayName();
            for (double q : new double[] {0.5, 0.95, 0.99}) {
                String percentile = "_p" + Math.round(q * 100) + "_ms";
                Estimate.of(outcomes, o -> o.ttft(model, q)).put(figures, name + "_ttft" + percentile);
                Estimate.of(outcomes, o -> o.e2e(model, q)).put(figures, name + "_e2e" + percentile);
            }
        }
        Estimate.of(outcomes, Outcome::requests).put(figures, side + "_requests");
        Estimate.of(outcomes, Outcome::joulesPerToken).put(figures, side + "_joules_per_token");
        Estimate.of(outcomes, Outcome::peakSiteWatts).put(figures, side + "_peak_site_watts");
        Estimate.of(outcomes, Outcome::lostQuiet).put(figures, side + "_lost_without_failure");
        Estimate.of(outcomes, Outcome::lostInSiteFailure).put(figures, side + "_lost_in_site_failure");
    }
}
