package io.latticeconsole.drill.sim;

import io.latticeconsole.world.RandomStream;
import io.latticeconsole.world.WorldSpec;

/// What faults do to machines and sites: counted, multiplied or added, so that they combine and end in any order.
final class NodeEffects {
    private static final double LEMON_UP_SECONDS = 40;
    private static final double LEMON_DOWN_SECONDS = 12;

    private final Simulation sim;
    private final WorldSpec world;
    private final int[] crashes;
    private final int[] silences;
    private final int[] powerLosses;
    private final int[] stale;
    private int lemons;

    NodeEffects(Simulation sim) {
        this.sim = sim;
        this.world = sim.world();
        crashes = new int[world.nodes().size()];
        silences = new int[crashes.length];
        stale = new int[crashes.length];
        powerLosses = new int[world.sites().size()];
    }

    boolean sitePowered(int site) {
        return powerLosses[site] == 0;
    }

    Effect crash(int node) {
        return Effect.of(() -> crash(node, 1), () -> crash(node, -1));
    }

    private void crash(int node, int by) {
        crashes[node] += by;
        settle(node, true);
    }

    /// A machine runs while no fault keeps it down.
    private void settle(int node, boolean powered) {
        boolean down = crashes[node] > 0 || powerLosses[world.nodes().get(node).site()] > 0;
        if (down) {
            sim.mishaps.crash(node, powered);
        } else {
            sim.mishaps.restart(node);
        }
    }

    Effect silence(int node) {
        return Effect.of(() -> silence(node, 1), () -> silence(node, -1));
    }

    private void silence(int node, int by) {
        silences[node] += by;
        sim.mishaps.setSilent(node, silences[node] > 0);
    }

    Effect losePower(int site) {
        return Effect.of(() -> power(site, 1), () -> power(site, -1));
    }

    private void power(int site, int by) {
        powerLosses[site] += by;
        for (int n = 0; n < crashes.length; n++) {
            if (world.nodes().get(n).site() == site) {
                settle(n, powerLosses[site] == 0);
            }
        }
    }

    Effect heat(int node, double kelvin) {
        Machine machine = sim.machines.machine(node);
        return Effect.of(() -> machine.extraHeat += kelvin, () -> machine.extraHeat -= kelvin);
    }

    Effect slow(int node, double factor) {
        return Effect.of(() -> slowBy(node, factor), () -> slowBy(node, 1 / factor));
    }

    private void slowBy(int node, double factor) {
        sim.mishaps.setGreySlowness(node, sim.machines.machine(node).greySlowness * factor);
    }

    Effect repeatReports(int node) {
        return Effect.of(() -> stale(node, 1), () -> stale(node, -1));
    }

    private void stale(int node, int by) {
        stale[node] += by;
        sim.machines.machine(node).stale = stale[node] > 0;
    }

    Effect xid(int node, int accelerator, int xid) {
        return Effect.of(
                () -> sim.mishaps.raiseXid(node, accelerator, xid),
                () -> sim.mishaps.repairXid(node, accelerator, xid));
    }

    Effect cap(int site, double watts) {
        SitePower power = sim.machines.power;
        return Effect.of(() -> power.limit(site, watts), () -> power.lift(site, watts));
    }

    /// A node that crashes again and again, as one in ten does that causes a quarter of all faults (StepFun,
    /// 2025), only sooner: a mean of `upSeconds` (0: 40) between a return and the next crash, each of 12 s in
    /// the mean.
    Effect lemon(int node, double upSeconds) {
        double up = upSeconds > 0 ? upSeconds : LEMON_UP_SECONDS;
        RandomStream random = new RandomStream(world.seed(), "lemon", lemons++);
        return new Effect() {
            private boolean down;
            private long until;

            @Override
            public void apply() {
                turn();
            }

            @Override
            public void tick() {
                if (sim.now() >= until) {
                    turn();
                }
            }

            private void turn() {
                down = !down;
                crash(node, down ? 1 : -1);
                until = sim.now() + (long) ((down ? LEMON_DOWN_SECONDS : up) * random.nextExponential() * 1e9);
            }

            @Override
            public void undo() {
                if (down) {
                    crash(node, -1);
                }
            }
        };
    }
}
