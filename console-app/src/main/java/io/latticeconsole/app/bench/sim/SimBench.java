package io.latticeconsole.app.bench.sim;

import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.drill.sim.Simulation;
import io.latticeconsole.drill.sim.SimulationDriver;
import io.latticeconsole.drill.sim.SimulationOptions;
import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.world.WorldSpec;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/// Runs Aurora in real time and says how much of a core it took; then, unpaced, looks for the largest lattice,
/// one event a request, and the largest rate on 96 nodes that one core keeps up with.
public final class SimBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Instant START = Instant.parse("2026-01-15T14:00:00Z");
    private static final int[] SIZES = {500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000};
    private static final int MOST_STEPS = 12;

    private SimBench() {}

    /// `seconds` is the length of the paced run.
    public record Options(int nodes, double requestsPerSecond, int seconds, long seed) {
        public static final Options DEFAULT = new Options(96, 4_000, 30, 7);
    }

    /// Prints one JSON line.
    public static void run(Options options, PrintWriter out) {
        Figures figures = new Figures("sim")
                .put("nodes", options.nodes())
                .put("requests_per_second", options.requestsPerSecond());
        paced(options, figures);
        largestLattice(options, figures);
        largestRate(options, figures);
        out.println(figures.putMachine().line());
        out.flush();
    }

    private static void paced(Options options, Figures figures) {
        WorldSpec world = Aurora.generate(options.nodes(), options.seed()).atRate(options.requestsPerSecond());
        Simulation simulation = new Simulation(SimulationOptions.of(world, START, InstantSource.system()));
        try (SimulationDriver driver = new SimulationDriver(simulation, 1).start()) {
            rest(10_000_000_000L);
            long thread = driverThread();
            long cpu = THREADS.getThreadCpuTime(thread);
            Instant lattice = driver.clock().latticeTime();
            long wall = System.nanoTime();
            rest(options.seconds() * 1_000_000_000L);
            double cores = (double) (THREADS.getThreadCpuTime(thread) - cpu) / (System.nanoTime() - wall);
            double passed = java.time.Duration.between(lattice, driver.clock().latticeTime())
                            .toNanos()
                    / 1e9;
            figures.put("paced_seconds", passed)
                    .put("paced_cpu_cores", cores)
                    .put("achieved_rate", driver.clock().achievedRate())
                    .put(
                            "request_weight",
                            SimulationOptions.of(world, START, InstantSource.system())
                                    .weight());
        }
    }

    private static void rest(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static long driverThread() {
        for (ThreadInfo info : THREADS.dumpAllThreads(false, false, 0)) {
            if (info.getThreadName().equals(SimulationDriver.THREAD_NAME)) {
                return info.getThreadId();
            }
        }
        throw new IllegalStateException("the simulation's thread is not running");
    }

    private static void largestLattice(Options options, Figures figures) {
        int best = 0;
        double bestRate = 0;
        double bestCores = 0;
        for (int nodes : SIZES) {
            WorldSpec world = Aurora.generate(nodes, options.seed());
            double cores = cores(world, 1);
            if (cores > 1) {
                break;
            }
            best = nodes;
            bestRate = world.requestsPerSecond();
            bestCores = cores;
        }
        figures.put("largest_lattice_nodes", best)
                .put("largest_lattice_requests_per_second", bestRate)
                .put("largest_lattice_cpu_cores", bestCores);
        WorldSpec most = Aurora.generate(Aurora.MAX_NODES, options.seed());
        SimulationOptions weighted = SimulationOptions.of(most, START, InstantSource.system());
        figures.put("nodes_10000_request_weight", weighted.weight())
                .put("nodes_10000_cpu_cores", cores(most, weighted.weight()));
    }

    /// Raises the rate on the bench's lattice until a core no longer keeps up or its replicas no longer serve all.
    private static void largestRate(Options options, Figures figures) {
        WorldSpec world = Aurora.generate(options.nodes(), options.seed());
        double rate = options.requestsPerSecond();
        double best = 0;
        double bestCores = 0;
        String limit = "steps";
        for (int i = 0; i < MOST_STEPS; i++) {
            Simulation simulation = simulation(world.atRate(rate), 1);
            double cores = cores(simulation);
            if (cores > 1 || rejects(simulation)) {
                limit = cores > 1 ? "core" : "replicas";
                break;
            }
            best = rate;
            bestCores = cores;
            rate *= 1.25;
        }
        figures.put("largest_rate_requests_per_second", best)
                .put("largest_rate_cpu_cores", bestCores)
                .put("largest_rate_limited_by", limit);
    }

    private static boolean rejects(Simulation simulation) {
        for (int r = 0; r < simulation.world().regions().size(); r++) {
            if (simulation.gateway(r).ledger().rejected() > 0) {
                return true;
            }
        }
        return false;
    }

    private static Simulation simulation(WorldSpec world, int weight) {
        return new Simulation(
                SimulationOptions.of(world, START, InstantSource.system()).withWeight(weight));
    }

    private static double cores(WorldSpec world, int weight) {
        return cores(simulation(world, weight));
    }

    /// CPU seconds that a lattice second takes, after some to warm up.
    private static double cores(Simulation simulation) {
        simulation.runUntil(10_000_000_000L);
        long cpu = THREADS.getCurrentThreadCpuTime();
        simulation.runUntil(15_000_000_000L);
        return (THREADS.getCurrentThreadCpuTime() - cpu) / 5e9;
    }
}
