package io.latticeconsole.app.bench.central;

import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.drill.sim.Simulation;
import io.latticeconsole.drill.sim.SimulationDriver;
import io.latticeconsole.drill.sim.SimulationOptions;
import io.latticeconsole.drill.sim.Trace;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one run of one world showed: latencies of a quiet stretch, energy, and what a site failure after it lost.
final class Outcome {
    private static final Instant START = Instant.parse("2026-01-15T14:00:00Z");
    private static final double WARM_UP_SECONDS = 30;
    private static final double FAILURE_SECONDS = 60;
    private static final double AFTERMATH_SECONDS = 120;

    private final double[][] ttft;
    private final double[][] e2e;
    private final int[] counts;
    private long tokens;
    private double joules;
    private double peakSiteWatts;
    private long lostQuiet;
    private long lostInSiteFailure;

    private Outcome(int models) {
        ttft = new double[models][1024];
        e2e = new double[models][1024];
        counts = new int[models];
    }

    /// Runs a world for a while, then takes a site's power for a minute. Lost counts requests that failed or were
    /// rejected.
    static Outcome measure(WorldSpec world, int site, @Nullable Trace trace, int seconds) {
        Simulation sim = new Simulation(
                SimulationOptions.of(world, START, InstantSource.fixed(START)).withTrace(trace));
        Outcome outcome = new Outcome(world.models().size());
        pass(sim, WARM_UP_SECONDS);
        double joulesBefore = sim.joules();
        long lostBefore = lost(sim);
        sim.onFinished(outcome::add);
        for (int i = 0; i < seconds; i++) {
            pass(sim, 1);
            for (int s = 0; s < world.sites().size(); s++) {
                outcome.peakSiteWatts = Math.max(outcome.peakSiteWatts, sim.siteWatts(s));
            }
        }
        sim.onFinished((_, _, _, _) -> {});
        outcome.joules = sim.joules() - joulesBefore;
        outcome.lostQuiet = lost(sim) - lostBefore;
        outcome.sort();
        outcome.lostInSiteFailure = failSite(sim, world, site);
        return outcome;
    }

    private static long failSite(Simulation sim, WorldSpec world, int site) {
        long before = lost(sim);
        var port =
                new SimulationDriver(sim, 1).ports().get(world.sites().get(site).region());
        var answer = port.inject(
                new FaultSpec(
                        FaultKind.SITE_POWER_LOSS,
                        List.of(world.sites().get(site).id()),
                        0,
                        0,
                        0,
                        FAILURE_SECONDS,
                        ""),
                "bench",
                new Caller("bench", false));
        pass(sim, FAILURE_SECONDS + AFTERMATH_SECONDS);
        answer.join();
        return lost(sim) - before;
    }

    private static void pass(Simulation sim, double seconds) {
        sim.runUntil(sim.now() + Math.round(seconds * 1e9));
    }

    private static long lost(Simulation sim) {
        long lost = 0;
        for (int r = 0; r < sim.world().regions().size(); r++) {
            var ledger = sim.gateway(r).ledger();
            lost += ledger.lost() + ledger.rejected() + ledger.aborted();
        }
        return lost;
    }

    private void add(int model, double ttftMs, double e2eMs, int generated) {
        int n = counts[model]++;
        if (n == ttft[model].length) {
            ttft[model] = Arrays.copyOf(ttft[model], 2 * n);
            e2e[model] = Arrays.copyOf(e2e[model], 2 * n);
        }
        ttft[model][n] = ttftMs;
        e2e[model][n] = e2eMs;
        tokens += generated;
    }

    private void sort() {
        for (int m = 0; m < counts.length; m++) {
            ttft[m] = Arrays.copyOf(ttft[m], counts[m]);
            e2e[m] = Arrays.copyOf(e2e[m], counts[m]);
            Arrays.sort(ttft[m]);
            Arrays.sort(e2e[m]);
        }
    }

    int count(int model) {
        return counts[model];
    }

    double ttft(int model, double q) {
        return Figures.quantile(ttft[model], q);
    }

    double e2e(int model, double q) {
        return Figures.quantile(e2e[model], q);
    }

    double requests() {
        return Arrays.stream(counts).sum();
    }

    double joulesPerToken() {
        return joules / Math.max(1, tokens);
    }

    double peakSiteWatts() {
        return peakSiteWatts;
    }

    double lostQuiet() {
        return lostQuiet;
    }

    double lostInSiteFailure() {
        return lostInSiteFailure;
    }
}
