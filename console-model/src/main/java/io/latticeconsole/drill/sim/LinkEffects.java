package io.latticeconsole.drill.sim;

import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.List;

/// What faults do to network paths and gateways.
final class LinkEffects {
    private final Simulation sim;
    private final WorldSpec world;
    private final Network network;
    private final int[] controlLosses;
    private final int[] ingressLosses;

    LinkEffects(Simulation sim) {
        this.sim = sim;
        this.world = sim.world();
        this.network = sim.network;
        controlLosses = new int[world.regions().size()];
        ingressLosses = new int[controlLosses.length];
    }

    Effect slow(int[] path, double ms) {
        long nanos = (long) (ms * 0.5e6);
        return Effect.of(
                () -> network.addDelay(path[0], path[1], nanos), () -> network.addDelay(path[0], path[1], -nanos));
    }

    Effect lossy(int[] path, double ratio) {
        return Effect.of(
                () -> network.addLoss(path[0], path[1], ratio), () -> network.addLoss(path[0], path[1], -ratio));
    }

    Effect cut(int[] path) {
        return Effect.of(() -> network.cut(path[0], path[1], 1), () -> network.cut(path[0], path[1], -1));
    }

    /// Cuts every path between the sites inside and all others.
    List<Effect> partition(boolean[] inside) {
        List<Effect> effects = new ArrayList<>();
        for (int r = 0; r < world.regions().size(); r++) {
            for (int s = 0; s < inside.length; s++) {
                if (inside[world.regions().get(r).ingressSite()] != inside[s]) {
                    int region = r;
                    int site = s;
                    effects.add(Effect.of(
                            () -> network.cutOneWay(region, site, 1), () -> network.cutOneWay(region, site, -1)));
                }
            }
        }
        return effects;
    }

    Effect loseControl(int region) {
        return Effect.of(() -> control(region, 1), () -> control(region, -1));
    }

    private void control(int region, int by) {
        controlLosses[region] += by;
        sim.gateway(region).loseControl(controlLosses[region] > 0);
    }

    Effect loseIngress(int region) {
        return Effect.of(() -> ingress(region, 1), () -> ingress(region, -1));
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

    Effect burst(int region, double factor) {
        return Effect.of(() -> sim.clients.multiply(region, factor), () -> sim.clients.multiply(region, 1 / factor));
    }

    Effect skewClock(int region, double seconds) {
        long nanos = (long) (seconds * 1e9);
        return Effect.of(() -> sim.clocks.skew(region, nanos), () -> sim.clocks.skew(region, -nanos));
    }
}
