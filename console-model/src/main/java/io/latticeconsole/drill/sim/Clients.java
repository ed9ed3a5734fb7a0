package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.ClientRequest;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.RandomStream;
import io.latticeconsole.world.RegionSpec;
import io.latticeconsole.world.WorldSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The clients of all regions: when they send, what they send, and to which ingress.
///
/// Rates follow a daily curve of ±25 % with its peak at 15:00 local time and a slow random swell (ServeGen,
/// NSDI 2025, reports bursts of a few tenths over minutes); arrivals between are Poisson. Lengths are
/// log-normal around each model's medians, or a trace's.
final class Clients {
    private static final double DAILY = 0.25;
    private static final double PEAK_HOUR = 15;
    private static final int SESSIONS = 512;
    private static final long ACCESS_NANOS = 5_000_000L;
    private static final long RECONNECT_NANOS = 250_000_000L;

    private final Simulation sim;
    private final WorldSpec world;
    private final RandomStream[] arrivals;
    private final RandomStream[] shapes;
    private final RandomStream[] swellDraws;
    private final double[] swell;
    private final double[] burst;
    private final double[] cumulative;
    private final @Nullable TraceSource trace;
    private final long startSecondOfDay;

    Clients(Simulation sim, @Nullable TraceSource trace, long startSecondOfDay) {
        this.sim = sim;
        this.world = sim.world();
        this.trace = trace;
        this.startSecondOfDay = startSecondOfDay;
        int n = world.regions().size();
        arrivals = new RandomStream[n];
        shapes = new RandomStream[n];
        swellDraws = new RandomStream[n];
        swell = new double[n];
        burst = new double[n];
        for (int r = 0; r < n; r++) {
            arrivals[r] = new RandomStream(world.seed(), "arrivals", r);
            shapes[r] = new RandomStream(world.seed(), "shapes", r);
            swellDraws[r] = new RandomStream(world.seed(), "swell", r);
            burst[r] = 1;
        }
        cumulative = new double[world.models().size()];
        double sum = 0;
        for (int m = 0; m < cumulative.length; m++) {
            sum += world.models().get(m).mix();
            cumulative[m] = sum;
        }
    }

    void begin() {
        for (int r = 0; r < arrivals.length; r++) {
            scheduleNext(r);
        }
    }

    /// Multiplies a region's rate, for a burst of arrivals.
    void multiply(int region, double factor) {
        burst[region] *= factor;
    }

    /// Requests per second that a region's clients send now.
    double rate(int region) {
        RegionSpec r = world.regions().get(region);
        double hour = (startSecondOfDay + sim.now() / 1e9) / 3600 + r.utcOffsetHours();
        double day = 1 + DAILY * Math.cos(2 * Math.PI * (hour - PEAK_HOUR) / 24);
        return world.requestsPerSecond() * r.share() * day * (1 + swell[region]) * burst[region];
    }

    /// Each second: the swell drifts.
    void second() {
        for (int r = 0; r < swell.length; r++) {
            swell[r] = 0.98 * swell[r] + 0.012 * swellDraws[r].nextNormal();
        }
    }

    private void scheduleNext(int region) {
        double perSecond = rate(region) / sim.weight();
        long gap = trace == null
                ? (long) (arrivals[region].nextExponential() / perSecond * 1e9)
                : trace.gapNanos(region, perSecond);
        sim.queue.add(sim.now() + Math.max(1, gap), EventKind.ARRIVAL, region, 0, null);
    }

    /// A client of the region sends a request.
    void arrival(int region) {
        ClientRequest request = trace == null ? draw(region) : trace.next(region, sim.now());
        deliver(region, request, ACCESS_NANOS + (long) (3_000_000 * shapes[region].nextExponential()));
        scheduleNext(region);
    }

    private void deliver(int region, ClientRequest request, long access) {
        int ingress = sim.transit.ingressFor(region);
        if (ingress < 0) {
            sim.queue.add(sim.now() + RECONNECT_NANOS, EventKind.RESEND, region, 0, request);
            return;
        }
        long detour = ingress == region
                ? 0
                : (long) (sim.network.nominalRttMs(
                                region, world.regions().get(ingress).ingressSite())
                        * 0.5e6);
        sim.queue.add(sim.now() + access + detour, EventKind.RESEND, ingress, 1, request);
    }

    /// A request is at an ingress (`there` 1), or its client looks for one (0).
    void atIngress(int region, long there, ClientRequest request) {
        if (there == 1 && !sim.gateway(region).ingressLost()) {
            sim.gateway(region).requestArrived(request);
        } else {
            deliver(region, request, RECONNECT_NANOS);
        }
    }

    /// An ingress died: its clients send what was open again, to the next one.
    void resend(int region, List<ClientRequest> requests) {
        for (ClientRequest request : requests) {
            sim.queue.add(sim.now() + RECONNECT_NANOS, EventKind.RESEND, region, 0, request);
        }
    }

    private ClientRequest draw(int region) {
        RandomStream random = shapes[region];
        double pick = random.nextDouble() * cumulative[cumulative.length - 1];
        int m = 0;
        while (m < cumulative.length - 1 && pick >= cumulative[m]) {
            m++;
        }
        ModelSpec model = world.models().get(m);
        int context = length(random, model.medianContext(), model.sigma(), model.maxContext());
        int generate = model.medianGenerated() < 1
                ? 0
                : length(random, model.medianGenerated(), model.sigma(), model.maxGenerated());
        int session = random.nextDouble() < model.followUp()
                ? (region * world.models().size() + m) * SESSIONS + random.nextInt(SESSIONS)
                : -1;
        return new ClientRequest(m, context, generate, session, sim.now());
    }

    private static int length(RandomStream random, double median, double sigma, int most) {
        return Math.clamp(Math.round(median * Math.exp(sigma * random.nextNormal())), 1, most);
    }
}
