package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.gateway.NodeAnswer;
import io.latticeconsole.gateway.NodeCommand;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What gateways and machines send each other over the network, and the probes that measure it. What a cut or an outage
/// swallows is gone.
final class Transit {
    private static final long PROBE_NANOS = 500_000_000L;

    private final Simulation sim;
    private final WorldSpec world;
    private final Network network;
    private final EventQueue queue;
    private final int regions;
    private final long[][] lastDelivery;

    Transit(Simulation sim) {
        this.sim = sim;
        this.world = sim.world();
        this.network = sim.network;
        this.queue = sim.queue;
        this.regions = world.regions().size();
        this.lastDelivery = new long[regions][regions];
    }

    /// Before the first request every gateway has heard of all the others' objects, as in a lattice that has run for
    /// days.
    void introduce() {
        for (int from = 0; from < regions; from++) {
            for (int to = 0; to < regions; to++) {
                if (from != to) {
                    sim.gateway(to).message(new GatewayMessage.AskAll(from));
                }
            }
        }
        List<GatewayMessage> first = new ArrayList<>();
        List<Integer> to = new ArrayList<>();
        while (queue.nextTime() < Long.MAX_VALUE) {
            queue.poll();
            if (queue.kind == EventKind.MESSAGE_ARRIVES) {
                first.add((GatewayMessage) Objects.requireNonNull(queue.payload));
                to.add(queue.a);
            }
        }
        for (int i = 0; i < first.size(); i++) {
            sim.gateway(to.get(i)).message(first.get(i));
        }
    }

    /// Each 500 ms: every gateway judges its paths and probes them again.
    void sendProbes() {
        for (int r = 0; r < regions; r++) {
            sim.gateway(r).judgePaths();
            for (int s = 0; s < world.sites().size(); s++) {
                if (sim.faults.sitePowered(s) && !network.losesProbe(r, s)) {
                    probe(r, s);
                }
            }
        }
        queue.add(sim.now() + PROBE_NANOS, EventKind.PROBE_SENT, 0, 0, null);
    }

    private void probe(int region, int site) {
        long out = network.sample(region, site);
        long back = network.sample(region, site);
        if (out != Network.BROKEN && back != Network.BROKEN) {
            queue.add(sim.now() + out + back, EventKind.PROBE_BACK, region, (long) site << 40 | (out + back), null);
        }
    }

    /// From gateway to gateway, in order, unless the way is cut or either end is out of service.
    void send(int from, int to, GatewayMessage message) {
        long delay = network.sample(from, world.regions().get(to).ingressSite());
        if (delay == Network.BROKEN || sim.gateway(from).controlLost()) {
            return;
        }
        long at = Math.max(sim.now() + delay, lastDelivery[from][to] + 1);
        lastDelivery[from][to] = at;
        queue.add(at, EventKind.MESSAGE_ARRIVES, to, 0, message);
    }

    void command(int region, int node, NodeCommand command) {
        long delay = network.sample(region, world.nodes().get(node).site());
        if (delay != Network.BROKEN) {
            queue.add(sim.now() + delay, EventKind.COMMAND_ARRIVES, node, 0, command);
        }
    }

    void answer(int node, NodeAnswer answer, long afterNanos) {
        int region = world.regionOf(node);
        long delay = network.sample(region, world.nodes().get(node).site());
        if (delay != Network.BROKEN) {
            queue.add(sim.now() + afterNanos + delay, EventKind.ANSWER_ARRIVES, region, 0, answer);
        }
    }

    void reported(Machine machine, NodeReport report) {
        int region = world.sites().get(machine.spec.site()).region();
        long delay = network.sample(region, machine.spec.site());
        if (delay != Network.BROKEN) {
            queue.add(sim.now() + delay, EventKind.REPORT_ARRIVES, region, 0, report);
        }
    }

    /// Every gateway has a connection to every machine it may route to; all of them are reset.
    void breakConnections(Machine machine) {
        for (int r = 0; r < regions; r++) {
            long delay = network.sample(r, machine.spec.site());
            if (delay != Network.BROKEN) {
                queue.add(sim.now() + delay, EventKind.CONNECTION_BROKEN, r, machine.index, null);
            }
        }
    }

    /// The ingress that a region's clients reach now: their own, else the nearest that serves; -1 if none does.
    int ingressFor(int region) {
        int best = -1;
        double nearest = Double.POSITIVE_INFINITY;
        for (int r = 0; r < regions; r++) {
            double rtt = r == region
                    ? 0
                    : network.nominalRttMs(region, world.regions().get(r).ingressSite());
            if (!sim.gateway(r).ingressLost() && rtt < nearest) {
                nearest = rtt;
                best = r;
            }
        }
        return best;
    }
}
