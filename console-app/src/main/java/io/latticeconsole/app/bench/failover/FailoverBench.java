package io.latticeconsole.app.bench.failover;

import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.app.bench.Parallel;
import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.WorldSpec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// Breaks loaded lattices again and again, one fault at a time, and measures in lattice time from the fault: when the
/// loss was seen, when its traffic had moved, what was lost.
///
/// The faults are dealt to a fixed number of lattices that run beside each other: figures depend on the options alone,
/// not on cores or speed.
public final class FailoverBench {
    private static final int LATTICES = 4;

    private FailoverBench() {}

    /// `load` is offered load over ready capacity, in the mean over models.
    public record Options(int crashes, int silences, int siteLosses, double load, long seed) {
        public static final Options DEFAULT = new Options(50, 20, 10, 0.7, 7);
    }

    /// Offered load over ready capacity, in the mean over models.
    static double meanLoad(WorldSpec world) {
        double sum = 0;
        for (int m = 0; m < world.models().size(); m++) {
            double capacity = 0;
            for (NodeSpec node : world.nodes()) {
                for (NodeSpec.Placed p : node.replicas()) {
                    capacity += p.model() == m
                            ? world.models().get(m).capacityOn(node.nodeClass().type())
                            : 0;
                }
            }
            sum += world.requestsPerSecond() * world.models().get(m).mix() / capacity;
        }
        return sum / world.models().size();
    }

    /// Prints one JSON line.
    public static void run(Options options, PrintWriter out) throws InterruptedException {
        WorldSpec aurora = Aurora.generate(Aurora.DEFAULT_NODES, options.seed());
        WorldSpec world = aurora.atRate(aurora.requestsPerSecond() * options.load() / meanLoad(aurora));
        List<List<FaultKind>> dealt = deal(options);
        List<Callable<BrokenLattice.Shown>> pieces = new ArrayList<>();
        for (int i = 0; i < dealt.size(); i++) {
            int number = i;
            pieces.add(() -> BrokenLattice.run(world, options.seed(), number, dealt.get(number)));
        }
        List<BrokenLattice.Shown> shown = Parallel.run(pieces);
        Figures figures = new Figures("failover")
                .put("nodes", world.nodes().size())
                .put("requests_per_second", world.requestsPerSecond())
                .put("load", meanLoad(world))
                .put("lattices", dealt.size());
        put(figures, "crash", FaultKind.NODE_CRASH, shown);
        put(figures, "silence", FaultKind.NODE_SILENT, shown);
        put(figures, "site_loss", FaultKind.SITE_POWER_LOSS, shown);
        figures.put("ledger_checks", total(shown, BrokenLattice.Shown::ledgerChecks))
                .put("ledger_unbalanced", total(shown, BrokenLattice.Shown::ledgerUnbalanced));
        out.println(figures.putMachine().line());
        out.flush();
    }

    /// Faults of each kind in turn to each lattice.
    private static List<List<FaultKind>> deal(Options options) {
        List<FaultKind> all = new ArrayList<>();
        all.addAll(Collections.nCopies(options.crashes(), FaultKind.NODE_CRASH));
        all.addAll(Collections.nCopies(options.silences(), FaultKind.NODE_SILENT));
        all.addAll(Collections.nCopies(options.siteLosses(), FaultKind.SITE_POWER_LOSS));
        List<List<FaultKind>> dealt = new ArrayList<>();
        for (int i = 0; i < Math.min(LATTICES, all.size()); i++) {
            dealt.add(new ArrayList<>());
        }
        for (int i = 0; i < all.size(); i++) {
            dealt.get(i % dealt.size()).add(all.get(i));
        }
        return dealt;
    }

    private static long total(List<BrokenLattice.Shown> shown, ToLongFunction<BrokenLattice.Shown> figure) {
        return shown.stream().mapToLong(figure).sum();
    }

    private static void put(Figures figures, String name, FaultKind kind, List<BrokenLattice.Shown> shown) {
        List<Loss> losses = shown.stream()
                .flatMap(s -> s.losses().stream())
                .filter(l -> l.kind() == kind)
                .toList();
        figures.put(name + "_count", losses.size());
        put(figures, name + "_seen", losses, Loss::seen);
        put(figures, name + "_moved", losses, Loss::moved);
        put(figures, name + "_recovered", losses, Loss::recovered);
        figures.put(name + "_in_flight", sum(losses, Loss::inFlight))
                .put(name + "_streams_continued", sum(losses, Loss::continued))
                .put(name + "_lost", sum(losses, Loss::lost))
                .put(name + "_rejected", sum(losses, Loss::rejected));
    }

    private static void put(Figures figures, String name, List<Loss> losses, ToDoubleFunction<Loss> figure) {
        double[] values = losses.stream().mapToDouble(figure).toArray();
        figures.put(name + "_p50_s", Figures.median(values)).put(name + "_max_s", Figures.quantile(values, 1));
    }

    private static long sum(List<Loss> losses, ToLongFunction<Loss> figure) {
        return losses.stream().mapToLong(figure).sum();
    }
}
