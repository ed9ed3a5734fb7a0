package io.latticeconsole.drill.sim;

import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.lattice.XidCatalog;
import io.latticeconsole.world.WorldSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// What each kind of fault means on its targets, with its usual strength where none is given.
final class FaultEffects {
    private static final double SLOW_FACTOR = 3;
    private static final double BURST_FACTOR = 3;
    private static final double RUNAWAY_KELVIN = 60;
    private static final double SLOW_LINK_MS = 150;
    private static final double LOSSY_RATIO = 0.1;
    private static final double BAD_ERROR_RATIO = 0.3;
    private static final double BAD_SLOWNESS = 2.5;
    private static final double CAP_SHARE = 0.6;
    private static final double SKEW_SECONDS = 5;
    private static final int USUAL_XID = 79;

    private final Simulation sim;
    private final WorldSpec world;
    private final FaultTargets targets;
    private final NodeEffects nodes;
    private final LinkEffects links;

    FaultEffects(Simulation sim) {
        this.sim = sim;
        this.world = sim.world();
        this.targets = new FaultTargets(world);
        this.nodes = new NodeEffects(sim);
        this.links = new LinkEffects(sim);
    }

    boolean sitePowered(int site) {
        return nodes.sitePowered(site);
    }

    /// Applies a fault to all its targets, or refuses it before anything happened.
    List<Effect> apply(FaultSpec spec) {
        List<Effect> effects = spec.kind() == FaultKind.PARTITION
                ? links.partition(inside(spec))
                : spec.targets().stream()
                        .flatMap(target -> effects(spec, target).stream())
                        .toList();
        effects.forEach(Effect::apply);
        return effects;
    }

    private static double or(double magnitude, double usual) {
        return magnitude > 0 ? magnitude : usual;
    }

    private List<Effect> effects(FaultSpec spec, ResourceName target) {
        FaultKind kind = spec.kind();
        double strength = spec.magnitude();
        return switch (kind) {
            case NODE_CRASH -> onNodes(kind, target, nodes::crash);
            case NODE_SILENT -> onNodes(kind, target, nodes::silence);
            case LEMON_NODE -> onNodes(kind, target, n -> nodes.lemon(n, strength));
            case THERMAL_RUNAWAY -> onNodes(kind, target, n -> nodes.heat(n, or(strength, RUNAWAY_KELVIN)));
            case SLOW_NODE -> onNodes(kind, target, n -> nodes.slow(n, or(strength, SLOW_FACTOR)));
            case STALE_TELEMETRY -> onNodes(kind, target, nodes::repeatReports);
            case ACCELERATOR_XID -> List.of(xid(spec, target));
            case SITE_POWER_LOSS -> List.of(nodes.losePower(targets.site(kind, target)));
            case POWER_CAP -> List.of(cap(spec, target));
            case CONTROL_LOSS -> List.of(links.loseControl(targets.region(kind, target)));
            case INGRESS_LOSS -> List.of(links.loseIngress(targets.region(kind, target)));
            case CLOCK_SKEW -> List.of(links.skewClock(targets.region(kind, target), or(strength, SKEW_SECONDS)));
            case ARRIVAL_BURST -> List.of(links.burst(targets.region(kind, target), or(strength, BURST_FACTOR)));
            case LINK_SLOW -> List.of(links.slow(targets.path(kind, target), or(strength, SLOW_LINK_MS)));
            case LINK_LOSSY ->
                List.of(links.lossy(targets.path(kind, target), Math.min(0.95, or(strength, LOSSY_RATIO))));
            case LINK_CUT -> List.of(links.cut(targets.path(kind, target)));
            case BAD_MODEL_VERSION -> List.of(badVersion(spec, target));
            case PARTITION -> throw new IllegalStateException("a partition concerns all its targets together");
        };
    }

    private List<Effect> onNodes(FaultKind kind, ResourceName target, IntFunction<Effect> effect) {
        return Arrays.stream(targets.nodes(kind, target)).mapToObj(effect).toList();
    }

    private Effect xid(FaultSpec spec, ResourceName target) {
        int node = targets.node(spec.kind(), target);
        int xid = spec.xid() > 0 ? spec.xid() : USUAL_XID;
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
        return nodes.xid(node, gpu, xid);
    }

    private Effect cap(FaultSpec spec, ResourceName target) {
        int site = targets.site(spec.kind(), target);
        return nodes.cap(site, or(spec.magnitude(), CAP_SHARE * sim.machines.power.watts(site)));
    }

    private Effect badVersion(FaultSpec spec, ResourceName target) {
        String model =
                world.models().get(targets.model(spec.kind(), target)).id().name();
        String version = spec.version().isEmpty() ? "v2" : spec.version();
        Machines.BadVersion bad =
                new Machines.BadVersion(Math.min(1, or(spec.magnitude(), BAD_ERROR_RATIO)), BAD_SLOWNESS);
        return Effect.of(
                () -> sim.machines.addBadVersion(model, version, bad),
                () -> sim.machines.removeBadVersion(model, version, bad));
    }

    /// Which sites are on the named side of a partition: the named ones and those of named regions.
    private boolean[] inside(FaultSpec spec) {
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
        return inside;
    }
}
