package io.latticeconsole.app.bench.failover;

import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.drill.sim.Simulation;
import io.latticeconsole.drill.sim.SimulationDriver;
import io.latticeconsole.drill.sim.SimulationOptions;
import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.drill.world.NodeSpec;
import io.latticeconsole.drill.world.RandomStream;
import io.latticeconsole.drill.world.WorldSpec;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.telemetry.LedgerTotals;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Breaks a loaded lattice again and again, one fault at a time, and measures in lattice time from the fault: when the
/// loss
/// was seen, when its traffic had moved, what was lost; the accounts are checked every half second.
public final class FailoverBench {
    private static final Instant START = Instant.parse("2026-01-15T14:00:00Z");
    private static final Caller CREW = new Caller("bench", false);
    private static final long HALF_SECOND = 500_000_000L;

    private final WorldSpec world;
    private final Simulation simulation;
    private final SimulationDriver driver;
    private final RandomStream random;
    private long checks;
    private long unbalanced;

    /// `load` is offered load over ready capacity, in the mean over models.
    public record Options(int crashes, int silences, int siteLosses, double load, long seed) {
        public static final Options DEFAULT = new Options(50, 20, 10, 0.7, 7);
    }

    private FailoverBench(Options options) {
        WorldSpec aurora = Aurora.generate(Aurora.DEFAULT_NODES, options.seed());
        world = aurora.atRate(aurora.requestsPerSecond() * options.load() / meanLoad(aurora));
        simulation = new Simulation(SimulationOptions.of(world, START, InstantSource.fixed(START)));
        driver = new SimulationDriver(simulation, 1);
        random = new RandomStream(options.seed(), "failover bench");
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
    public static void run(Options options, PrintWriter out) {
        FailoverBench bench = new FailoverBench(options);
        bench.pass(30);
        Figures figures = new Figures("failover")
                .put("nodes", bench.world.nodes().size())
                .put("requests_per_second", bench.world.requestsPerSecond())
                .put("load", meanLoad(bench.world));
        bench.series(figures, "crash", FaultKind.NODE_CRASH, options.crashes());
        bench.series(figures, "silence", FaultKind.NODE_SILENT, options.silences());
        bench.series(figures, "site_loss", FaultKind.SITE_POWER_LOSS, options.siteLosses());
        figures.put("ledger_checks", bench.checks).put("ledger_unbalanced", bench.unbalanced);
        out.println(figures.putMachine().line());
        out.flush();
    }

    private void series(Figures figures, String name, FaultKind kind, int count) {
        double[] seen = new double[count];
        double[] moved = new double[count];
        double[] recovered = new double[count];
        long inFlight = 0;
        long lost = 0;
        long rejected = 0;
        long streams = 0;
        for (int i = 0; i < count; i++) {
            LedgerTotals before = totals();
            Failover failover = breakSomething(kind);
            Instant detected = at(failover, FailoverPhase.DETECT);
            seen[i] = seconds(lastFault, detected);
            moved[i] = seconds(detected, at(failover, FailoverPhase.REROUTE));
            recovered[i] = seconds(detected, at(failover, FailoverPhase.RECOVERED));
            LedgerTotals after = totals();
            lost += after.lost() - before.lost();
            rejected += after.rejected() - before.rejected();
            inFlight += failover.inFlightAtLoss();
            streams += failover.migrated();
        }
        figures.put(name + "_count", count)
                .put(name + "_seen_p50_s", Figures.median(seen))
                .put(name + "_seen_max_s", Figures.quantile(seen, 1))
                .put(name + "_moved_p50_s", Figures.median(moved))
                .put(name + "_moved_max_s", Figures.quantile(moved, 1))
                .put(name + "_recovered_p50_s", Figures.median(recovered))
                .put(name + "_recovered_max_s", Figures.quantile(recovered, 1))
                .put(name + "_in_flight", inFlight)
                .put(name + "_streams_continued", streams)
                .put(name + "_lost", lost)
                .put(name + "_rejected", rejected);
    }

    private Instant lastFault = START;

    /// One fault of 20 s, run until its failover is over and everything is back.
    private Failover breakSomething(FaultKind kind) {
        NodeSpec node = occupiedNode();
        int region = world.sites().get(node.site()).region();
        ResourceName target = kind == FaultKind.SITE_POWER_LOSS
                ? world.sites().get(node.site()).id()
                : node.id();
        int earlier = simulation.gateway(region).failovers().size();
        var answer = driver.ports()
                .get(region)
                .inject(new FaultSpec(kind, List.of(target), 0, 0, 0, 20, ""), "bench-" + simulation.now(), CREW);
        pass(0.02);
        Fault fault = answer.join();
        lastFault = fault.start();
        pass(110);
        List<Failover> all = simulation.gateway(region).failovers();
        if (all.size() <= Math.min(earlier, 99)) {
            throw new IllegalStateException("no failover followed " + kind + " on " + target.name());
        }
        for (int i = 0; i < 120 && !isOver(last(region)); i++) {
            pass(1);
        }
        return last(region);
    }

    private Failover last(int region) {
        return simulation.gateway(region).failovers().getLast();
    }

    private static boolean isOver(Failover failover) {
        return failover.reached().containsKey(FailoverPhase.RECOVERED);
    }

    private NodeSpec occupiedNode() {
        while (true) {
            NodeSpec node = world.nodes().get(random.nextInt(world.nodes().size()));
            if (!node.replicas().isEmpty()) {
                return node;
            }
        }
    }

    private static Instant at(Failover failover, FailoverPhase phase) {
        Instant time = failover.reached().get(phase);
        if (time == null) {
            throw new IllegalStateException(failover.id() + " never reached " + phase);
        }
        return time;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private void pass(double seconds) {
        long end = simulation.now() + Math.round(seconds * 1e9);
        while (simulation.now() < end) {
            simulation.runUntil(Math.min(end, simulation.now() + HALF_SECOND));
            check();
        }
    }

    private void check() {
        checks++;
        for (int r = 0; r < world.regions().size(); r++) {
            unbalanced += simulation.gateway(r).ledgerBalances() ? 0 : 1;
        }
    }

    private LedgerTotals totals() {
        long lost = 0;
        long rejected = 0;
        for (int r = 0; r < world.regions().size(); r++) {
            lost += simulation.gateway(r).ledger().lost();
            rejected += simulation.gateway(r).ledger().rejected();
        }
        return new LedgerTotals(0, 0, rejected, 0, lost, 0, 0, 0, 0);
    }
}
