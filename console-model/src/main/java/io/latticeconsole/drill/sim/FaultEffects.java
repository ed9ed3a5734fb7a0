package io.latticeconsole.drill.sim;

import io.latticeconsole.drill.gateway.XidCatalog;
import io.latticeconsole.drill.world.WorldSpec;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import java.util.ArrayList;
import java.util.List;

/// What each kind of fault does to the world, and how it is undone. Effects are counted or multiplied, so that faults
/// combine and end in any order.
final class FaultEffects {
    private static final double SLOW_FACTOR = 3;
    private static final double BURST_FACTOR = 3;
    private static final double RUNAWAY_KELVIN = 60;
    private static final double SLOW_LINK_MS = 150;
    private static final double LOSSY_RATIO = 0.1;
    private static final double BAD_ERROR_RATIO = 0.3;
    private static final double BAD_SLOWNESS = 2.5;
    private static final double CAP_SHARE = 0.6;

    private final Simulation sim;
    private final WorldSpec world;
    private final FaultTargets targets;
    private final int[] crashes;
    private final int[] silences;
    private final int[] powerLosses;
    private final int[] controlLosses;
    private final int[] ingressLosses;

    FaultEffects(Simulation sim) {
        this.sim = sim;
        this.world = sim.world();
        this.targets = new FaultTargets(world);
        crashes = new int[world.nodes().size()];
        silences = new int[crashes.length];
        powerLosses = new int[world.sites().size()];
        controlLosses = new int[world.regions().size()];
        ingressLosses = new int[controlLosses.length];
    }

    boolean sitePowered(int site) {
        return powerLosses[site] == 0;
    }

    /// Applies a fault to all its targets, or refuses it before anything happened.
    List<Runnable> apply(FaultSpec spec) {
        List<Runnable> apply = new ArrayList<>();
        List<Runnable> undo = new ArrayList<>();
        if (spec.kind() == FaultKind.PARTITION) {
            partition(spec, apply, undo);
        } else {
            for (ResourceName target : spec.targets()) {
                prepare(spec, target, apply, undo);
            }
        }
        apply.forEach(Runnable::run);
        return undo;
    }

    private static double or(double magnitude, double usual) {
        return magnitude > 0 ? magnitude : usual;
    }

    private void prepare(FaultSpec spec, ResourceName target, List<Runnable> apply, List<Runnable> undo) {
        FaultKind kind = spec.kind();
        switch (kind) {
            case NODE_CRASH -> {
                for (int n : targets.nodes(kind, target)) {
                    add(apply, undo, () -> crash(n, 1, true), () -> crash(n, -1, true));
                }
            }
            case NODE_SILENT -> {
                for (int n : targets.nodes(kind, target)) {
                    add(apply, undo, () -> silence(n, 1), () -> silence(n, -1));
                }
            }
            case CONTROL_LOSS -> {
                int r = targets.region(kind, target);
                add(apply, undo, () -> control(r, 1), () -> control(r, -1));
            }
            case INGRESS_LOSS -> {
                int r = targets.region(kind, target);
                add(apply, undo, () -> ingress(r, 1), () -> ingress(r, -1));
            }
            case SITE_POWER_LOSS -> {
                int s = targets.site(kind, target);
                add(apply, undo, () -> power(s, 1), () -> power(s, -1));
            }
            case ACCELERATOR_XID -> xid(spec, target, apply, undo);
            case THERMAL_RUNAWAY -> {
                double kelvin = or(spec.magnitude(), RUNAWAY_KELVIN);
                for (int n : targets.nodes(kind, target)) {
                    add(apply, undo, () -> heat(n, kelvin), () -> heat(n, -kelvin));
                }
            }
            case POWER_CAP -> cap(spec, target, apply, undo);
            case LINK_SLOW -> {
                int[] p = targets.path(kind, target);
                long nanos = (long) (or(spec.magnitude(), SLOW_LINK_MS) * 0.5e6);
                add(
                        apply,
                        undo,
                        () -> sim.network.addDelay(p[0], p[1], nanos),
                        () -> sim.network.addDelay(p[0], p[1], -nanos));
            }
            case LINK_LOSSY -> {
                int[] p = targets.path(kind, target);
                double ratio = Math.min(0.95, or(spec.magnitude(), LOSSY_RATIO));
                add(
                        apply,
                        undo,
                        () -> sim.network.addLoss(p[0], p[1], ratio),
                        () -> sim.network.addLoss(p[0], p[1], -ratio));
            }
            case LINK_CUT -> {
                int[] p = targets.path(kind, target);
                add(apply, undo, () -> sim.network.cut(p[0], p[1], 1), () -> sim.network.cut(p[0], p[1], -1));
            }
            case SLOW_NODE -> {
                double factor = or(spec.magnitude(), SLOW_FACTOR);
                for (int n : targets.nodes(kind, target)) {
                    add(apply, undo, () -> slow(n, factor), () -> slow(n, 1 / factor));
                }
            }
            case BAD_MODEL_VERSION -> {
                String model =
                        world.models().get(targets.model(kind, target)).id().name();
                String version = spec.version().isEmpty() ? "v2" : spec.version();
                double ratio = Math.min(1, or(spec.magnitude(), BAD_ERROR_RATIO));
                Machines.BadVersion bad = new Machines.BadVersion(ratio, BAD_SLOWNESS);
                add(
                        apply,
                        undo,
                        () -> sim.machines.setBadVersion(model, version, bad),
                        () -> sim.machines.setBadVersion(model, version, null));
            }
            case ARRIVAL_BURST -> {
                int r = targets.region(kind, target);
                double factor = or(spec.magnitude(), BURST_FACTOR);
                add(apply, undo, () -> sim.clients.multiply(r, factor), () -> sim.clients.multiply(r, 1 / factor));
            }
            case STALE_TELEMETRY -> {
                for (int n : targets.nodes(kind, target)) {
                    add(
                            apply,
                            undo,
                            () -> sim.machines.machine(n).stale = true,
                            () -> sim.machines.machine(n).stale = false);
                }
            }
            case PARTITION -> throw new IllegalStateException("a partition concerns all its targets together");
        }
    }

    private static void add(List<Runnable> apply, List<Runnable> undo, Runnable does, Runnable undoes) {
        apply.add(does);
        undo.add(undoes);
    }

    private void crash(int node, int by, boolean powered) {
        crashes[node] += by;
        settle(node, powered);
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

    private void silence(int node, int by) {
        silences[node] += by;
        sim.mishaps.setSilent(node, silences[node] > 0);
    }

    private void power(int site, int by) {
        powerLosses[site] += by;
        for (int n = 0; n < crashes.length; n++) {
            if (world.nodes().get(n).site() == site) {
                settle(n, powerLosses[site] == 0);
            }
        }
    }

    private void control(int region, int by) {
        controlLosses[region] += by;
        sim.gateway(region).loseControl(controlLosses[region] > 0);
    }

    private void ingress(int region, int by) {
        boolean was = ingressLosses[region] > 0;
        ingressLosses[region] += by;
        boolean lost = ingressLosses[region] > 0;
        if (lost && !was) {
            sim.clients.resend(region, sim.gateway(region).loseIngress());
        } else if (was && !lost) {
            sim.gateway(region).restoreIngress();
        }
    }

    private void heat(int node, double kelvin) {
        sim.machines.machine(node).extraHeat += kelvin;
    }

    private void slow(int node, double factor) {
        sim.mishaps.setGreySlowness(node, sim.machines.machine(node).greySlowness * factor);
    }

    private void xid(FaultSpec spec, ResourceName target, List<Runnable> apply, List<Runnable> undo) {
        int node = targets.node(spec.kind(), target);
        int xid = spec.xid() > 0 ? spec.xid() : 79;
        int gpu = spec.acceleratorIndex();
        int count = world.nodes().get(node).nodeClass().count();
        if (gpu < 0 || gpu >= count) {
            throw FaultTargets.invalid(
                    "accelerator_index", target.name() + " has accelerators 0 to " + (count - 1) + ", not " + gpu);
        }
        if (!XidCatalog.entries().containsKey(xid)) {
            throw FaultTargets.invalid(
                    "xid",
                    "XID " + xid + " is not in the catalogue "
                            + XidCatalog.entries().keySet());
        }
        add(apply, undo, () -> sim.mishaps.raiseXid(node, gpu, xid), () -> sim.mishaps.repairXid(node, gpu));
    }

    private void cap(FaultSpec spec, ResourceName target, List<Runnable> apply, List<Runnable> undo) {
        int site = targets.site(spec.kind(), target);
        double before = sim.machines.power.cap(site);
        double watts = or(spec.magnitude(), CAP_SHARE * sim.machines.power.watts(site));
        add(apply, undo, () -> sim.machines.power.setCap(site, watts), () -> sim.machines.power.setCap(site, before));
    }

    /// Cuts every path between the named regions and sites on one side and all others on the other.
    private void partition(FaultSpec spec, List<Runnable> apply, List<Runnable> undo) {
        boolean[] inside = new boolean[world.sites().size()];
        for (ResourceName target : spec.targets()) {
            if (target instanceof SiteId) {
                inside[targets.site(spec.kind(), target)] = true;
            } else {
                int r = targets.region(spec.kind(), target);
                for (int s = 0; s < inside.length; s++) {
                    inside[s] |= world.sites().get(s).region() == r;
                }
            }
        }
        for (int r = 0; r < world.regions().size(); r++) {
            for (int s = 0; s < inside.length; s++) {
                if (inside[world.regions().get(r).ingressSite()] != inside[s]) {
                    int region = r;
                    int site = s;
                    add(
                            apply,
                            undo,
                            () -> sim.network.cutOneWay(region, site, 1),
                            () -> sim.network.cutOneWay(region, site, -1));
                }
            }
        }
    }
}
