package io.latticeconsole.drill.sim;

import io.latticeconsole.drill.gateway.ClientRequest;
import io.latticeconsole.drill.gateway.Gateway;
import io.latticeconsole.drill.gateway.GatewayMessage;
import io.latticeconsole.drill.gateway.NodeAnswer;
import io.latticeconsole.drill.gateway.NodeCommand;
import io.latticeconsole.drill.gateway.NodeReport;
import io.latticeconsole.drill.world.WorldSpec;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A running drill lattice: machines, network, clients and gateways in lattice time.
///
/// Confined to one thread, whichever calls [#runUntil]; only [#submit] may be called from others. Time is in whole
/// nanoseconds since the start, events at one time happen in the order in which they were made, and every purpose has
/// its
/// own random stream: the same world, options and orders give the same run.
public final class Simulation {
    static final long TICK_NANOS = 10_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long PROBE_NANOS = 500_000_000L;

    private final SimulationOptions options;
    private final WorldSpec world;
    final EventQueue queue = new EventQueue();
    final Network network;
    final Traffic traffic;
    final Machines machines;
    final Clients clients;
    final Faults faults;
    private final Gateway[] gateways;
    private final Publishers publishers;
    private final List<Runnable> answers = new ArrayList<>();
    private final long[][] lastDelivery;
    private final ConcurrentLinkedQueue<Submitted> inbox = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<LoggedOrder> replay;
    private final List<LoggedOrder> log = new ArrayList<>();
    private final Orders orders;
    private FinishedListener finished = (_, _, _, _) -> {};
    private long now;
    private long events;

    private record Submitted(int region, DrillOrder order, CompletableFuture<Object> answer) {}

    public Simulation(SimulationOptions options) {
        this(options, List.of());
    }

    /// Runs again what was logged of another run with the same options.
    public Simulation(SimulationOptions options, List<LoggedOrder> replay) {
        this.options = options;
        this.world = options.world();
        this.replay = new ArrayDeque<>(replay);
        network = new Network(world);
        traffic = new Traffic(this);
        machines = new Machines(this);
        int regions = world.regions().size();
        gateways = new Gateway[regions];
        lastDelivery = new long[regions][regions];
        for (int r = 0; r < regions; r++) {
            gateways[r] = new Gateway(new RegionSurroundings(this, r), r, options.policy(), epoch());
        }
        for (int r = 0; r < regions; r++) {
            gateways[r].begin(r == world.coordinatorRegion());
        }
        Trace trace = options.trace();
        clients = new Clients(
                this,
                trace == null ? null : new TraceSource(trace, world),
                options.start().atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay());
        faults = new Faults(this);
        orders = new Orders(this);
        publishers = new Publishers(this);
        begin();
    }

    private void begin() {
        introduce();
        clients.begin();
        int nodes = world.nodes().size();
        for (int i = 0; i < nodes; i++) {
            long phase = (long) i * 7919 % 997 * Machines.REPORT_NANOS / 997;
            queue.add(phase, EventKind.NODE_REPORT, i, 0, null);
        }
        queue.add(TICK_NANOS, EventKind.TICK, 0, 0, null);
        queue.add(0, EventKind.PROBE_SENT, 0, 0, null);
        queue.add(SECOND_NANOS, EventKind.SECOND, 0, 0, null);
    }

    /// Before the first request every gateway has heard of all the others' objects, as in a lattice that has run for
    /// days.
    private void introduce() {
        for (int from = 0; from < gateways.length; from++) {
            for (int to = 0; to < gateways.length; to++) {
                if (from != to) {
                    gateways[to].message(new GatewayMessage.AskAll(from));
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
            gateways[to.get(i)].message(first.get(i));
        }
    }

    /// Runs until that lattice time, in nanoseconds since the start.
    public void runUntil(long latticeNanos) {
        while (queue.nextTime() <= latticeNanos) {
            queue.poll();
            now = queue.time;
            events++;
            handle(queue.kind, queue.a, queue.b, queue.payload);
        }
        now = Math.max(now, latticeNanos);
    }

    private void handle(int kind, int a, long b, @org.jspecify.annotations.Nullable Object payload) {
        switch (kind) {
            case EventKind.TICK -> tick();
            case EventKind.ARRIVAL -> clients.arrival(a);
            case EventKind.AT_NODE -> traffic.atNode(a, b);
            case EventKind.PREFILL_DONE -> traffic.prefillDone(a, b);
            case EventKind.FIRST_TOKEN -> traffic.firstToken(b);
            case EventKind.DECODE_DONE -> traffic.decodeDone(a);
            case EventKind.REPLY -> traffic.replied(a, b);
            case EventKind.WITHDRAW -> traffic.withdrawn(b);
            case EventKind.NODE_REPORT -> machines.report(a);
            case EventKind.REPORT_ARRIVES -> gateways[a].report((NodeReport) Objects.requireNonNull(payload));
            case EventKind.MESSAGE_ARRIVES -> gateways[a].message((GatewayMessage) Objects.requireNonNull(payload));
            case EventKind.CONNECTION_BROKEN -> gateways[a].connectionBroken((int) b);
            case EventKind.COMMAND_ARRIVES -> machines.command(a, (NodeCommand) Objects.requireNonNull(payload));
            case EventKind.ANSWER_ARRIVES -> gateways[a].answered((NodeAnswer) Objects.requireNonNull(payload));
            case EventKind.PROBE_SENT -> sendProbes();
            case EventKind.PROBE_BACK -> gateways[a].probed((int) (b >>> 40), (b & 0xFFFFFFFFFFL) / 1e6);
            case EventKind.LOAD_STEP -> machines.loadStep(a, b);
            case EventKind.RESEND -> clients.atIngress(a, b, (ClientRequest) Objects.requireNonNull(payload));
            case EventKind.SECOND -> second();
            default -> throw new IllegalStateException("event of unknown kind " + kind);
        }
    }

    private void tick() {
        while (!replay.isEmpty() && replay.getFirst().tick() <= now) {
            LoggedOrder logged = replay.removeFirst();
            carryOut(logged.region(), logged.order(), new CompletableFuture<>());
        }
        for (Submitted s = inbox.poll(); s != null; s = inbox.poll()) {
            carryOut(s.region(), s.order(), s.answer());
        }
        faults.tick();
        for (Gateway gateway : gateways) {
            gateway.tick();
        }
        orders.tick();
        publish();
        queue.add(now + TICK_NANOS, EventKind.TICK, 0, 0, null);
    }

    private void carryOut(int region, DrillOrder order, CompletableFuture<Object> answer) {
        log.add(new LoggedOrder(now, region, order));
        answers.add(orders.carryOut(region, order, answer));
    }

    private void publish() {
        publishers.tick();
        answers.forEach(Runnable::run);
        answers.clear();
    }

    private void second() {
        clients.second();
        machines.capSites();
        for (int r = 0; r < gateways.length; r++) {
            SampleBatch batch = gateways[r].second();
            publishers.samples(r, batch);
        }
        queue.add(now + SECOND_NANOS, EventKind.SECOND, 0, 0, null);
    }

    private void sendProbes() {
        for (int r = 0; r < gateways.length; r++) {
            gateways[r].judgePaths();
            for (int s = 0; s < world.sites().size(); s++) {
                if (faults.sitePowered(s) && !network.losesProbe(r, s)) {
                    long out = network.sample(r, s);
                    long back = network.sample(r, s);
                    if (out != Network.BROKEN && back != Network.BROKEN) {
                        queue.add(now + out + back, EventKind.PROBE_BACK, r, (long) s << 40 | (out + back), null);
                    }
                }
            }
        }
        queue.add(now + PROBE_NANOS, EventKind.PROBE_SENT, 0, 0, null);
    }

    // ---- what travels ----

    /// From gateway to gateway, in order, unless the way is cut or either end is out of service.
    void send(int from, int to, GatewayMessage message) {
        long delay = network.sample(from, world.regions().get(to).ingressSite());
        if (delay == Network.BROKEN || gateways[from].controlLost()) {
            return;
        }
        long at = Math.max(now + delay, lastDelivery[from][to] + 1);
        lastDelivery[from][to] = at;
        queue.add(at, EventKind.MESSAGE_ARRIVES, to, 0, message);
    }

    void command(int region, int node, NodeCommand command) {
        long delay = network.sample(region, world.nodes().get(node).site());
        if (delay != Network.BROKEN) {
            queue.add(now + delay, EventKind.COMMAND_ARRIVES, node, 0, command);
        }
    }

    void answer(int node, NodeAnswer answer, long afterNanos) {
        int region = world.regionOf(node);
        long delay = network.sample(region, world.nodes().get(node).site());
        if (delay != Network.BROKEN) {
            queue.add(now + afterNanos + delay, EventKind.ANSWER_ARRIVES, region, 0, answer);
        }
    }

    void reported(Machine machine, NodeReport report) {
        int region = world.sites().get(machine.spec.site()).region();
        long delay = network.sample(region, machine.spec.site());
        if (delay != Network.BROKEN) {
            queue.add(now + delay, EventKind.REPORT_ARRIVES, region, 0, report);
        }
    }

    /// Every gateway has a connection to every machine it may route to; all of them are reset.
    void breakConnections(Machine machine) {
        for (int r = 0; r < gateways.length; r++) {
            long delay = network.sample(r, machine.spec.site());
            if (delay != Network.BROKEN) {
                queue.add(now + delay, EventKind.CONNECTION_BROKEN, r, machine.index, null);
            }
        }
    }

    /// The ingress that a region's clients reach now: their own, else the nearest that serves; -1 if none does.
    int ingressFor(int region) {
        int best = -1;
        double nearest = Double.POSITIVE_INFINITY;
        for (int r = 0; r < gateways.length; r++) {
            double rtt = r == region
                    ? 0
                    : network.nominalRttMs(region, world.regions().get(r).ingressSite());
            if (!gateways[r].ingressLost() && rtt < nearest) {
                nearest = rtt;
                best = r;
            }
        }
        return best;
    }

    // ---- for its parts, and for tests ----

    /// While lattice time stands still, what is ordered still takes effect: at the tick that was last.
    void acceptWhilePaused() {
        for (Submitted s = inbox.poll(); s != null; s = inbox.poll()) {
            carryOut(s.region(), s.order(), s.answer());
        }
        publish();
    }

    /// Orders something of a region's gateway; any thread. Takes effect at the next tick.
    CompletableFuture<Object> submit(int region, DrillOrder order) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        inbox.add(new Submitted(region, order, answer));
        return answer;
    }

    public WorldSpec world() {
        return world;
    }

    SimulationOptions options() {
        return options;
    }

    String epoch() {
        return Long.toUnsignedString(world.seed(), 36);
    }

    public long now() {
        return now;
    }

    /// Events handled so far.
    public long events() {
        return events;
    }

    Instant instant(long nanos) {
        return options.start().plusNanos(nanos);
    }

    int weight() {
        return options.weight();
    }

    public Gateway gateway(int region) {
        return gateways[region];
    }

    Engine engine(int id) {
        return machines.engine(id);
    }

    Publishers publishers() {
        return publishers;
    }

    Orders orders() {
        return orders;
    }

    /// Who hears of finished requests from now on.
    public void onFinished(FinishedListener listener) {
        finished = listener;
    }

    void finished(int model, double ttftMs, double e2eMs, int tokens) {
        finished.finished(model, ttftMs, e2eMs, tokens);
    }

    /// Energy that all machines took so far.
    public double joules() {
        return machines.joules();
    }

    /// What a site's machines take now.
    public double siteWatts(int site) {
        return machines.siteWatts(site);
    }

    /// Every order that took effect so far, for a replay.
    public List<LoggedOrder> orderLog() {
        return List.copyOf(log);
    }
}
