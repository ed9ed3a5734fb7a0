package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.ClientRequest;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.gateway.NodeAnswer;
import io.latticeconsole.gateway.NodeCommand;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A running drill lattice: machines, network, clients and gateways in lattice time.
///
/// Confined to one thread, whichever calls [#runUntil]; only [#submit] may be called from others. Time is in whole
/// nanoseconds since the start, events at one time happen in the order in which they were made, and every purpose has
/// its own random stream: the same world, options and orders give the same run.
public final class Simulation {
    static final long TICK_NANOS = 10_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final SimulationOptions options;
    private final WorldSpec world;
    final EventQueue queue = new EventQueue();
    final Network network;
    final Transit transit;
    final Traffic traffic;
    final Execution execution;
    final Machines machines;
    final Mishaps mishaps;
    final Clients clients;
    final Faults faults;
    final Clocks clocks;
    private final Gateway[] gateways;
    private final Publishers publishers;
    private final Orders orders;
    private final Inbox inbox;
    private FinishedListener finished = (_, _, _, _) -> {};
    private long now;
    private long events;

    public Simulation(SimulationOptions options) {
        this(options, List.of());
    }

    /// Runs again what was logged of another run with the same options.
    public Simulation(SimulationOptions options, List<LoggedOrder> replay) {
        this.options = options;
        this.world = options.world();
        clocks = new Clocks(options.wall(), world.regions().size());
        network = new Network(world);
        transit = new Transit(this);
        traffic = new Traffic(this);
        execution = new Execution(this, traffic.attempts);
        machines = new Machines(this);
        mishaps = new Mishaps(this, machines);
        int regions = world.regions().size();
        gateways = new Gateway[regions];
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
        inbox = new Inbox(orders, replay);
        publishers = new Publishers(this);
        begin();
    }

    private void begin() {
        transit.introduce();
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

    private void handle(int kind, int a, long b, @Nullable Object payload) {
        switch (kind) {
            case EventKind.TICK -> tick();
            case EventKind.ARRIVAL -> clients.arrival(a);
            case EventKind.AT_NODE -> traffic.atNode(a, b);
            case EventKind.PREFILL_DONE -> execution.prefillDone(a, b);
            case EventKind.FIRST_TOKEN -> traffic.firstToken(b);
            case EventKind.DECODE_DONE -> execution.decodeDone(a);
            case EventKind.REPLY -> traffic.replied(a, b);
            case EventKind.WITHDRAW -> traffic.withdrawn(b);
            case EventKind.NODE_REPORT -> machines.report(a);
            case EventKind.REPORT_ARRIVES -> gateways[a].report((NodeReport) Objects.requireNonNull(payload));
            case EventKind.MESSAGE_ARRIVES -> gateways[a].message((GatewayMessage) Objects.requireNonNull(payload));
            case EventKind.CONNECTION_BROKEN -> gateways[a].connectionBroken((int) b);
            case EventKind.COMMAND_ARRIVES -> machines.command(a, (NodeCommand) Objects.requireNonNull(payload));
            case EventKind.ANSWER_ARRIVES -> gateways[a].answered((NodeAnswer) Objects.requireNonNull(payload));
            case EventKind.PROBE_SENT -> transit.sendProbes();
            case EventKind.PROBE_BACK -> gateways[a].probed((int) (b >>> 40), (b & 0xFFFFFFFFFFL) / 1e6);
            case EventKind.LOAD_STEP -> machines.loading.loadStep(a, b);
            case EventKind.RESEND -> clients.atIngress(a, b, (ClientRequest) Objects.requireNonNull(payload));
            case EventKind.SECOND -> second();
            default -> throw new IllegalStateException("event of unknown kind " + kind);
        }
    }

    private void tick() {
        inbox.carryOut(now);
        faults.tick();
        for (Gateway gateway : gateways) {
            gateway.tick();
        }
        orders.tick();
        publishers.tick();
        inbox.giveAnswers();
        queue.add(now + TICK_NANOS, EventKind.TICK, 0, 0, null);
    }

    private void second() {
        clients.second();
        machines.power.apply(machines.all());
        for (int r = 0; r < gateways.length; r++) {
            SampleBatch batch = gateways[r].second();
            publishers.samples(r, batch);
        }
        queue.add(now + SECOND_NANOS, EventKind.SECOND, 0, 0, null);
    }

    /// While lattice time stands still, what is ordered still takes effect: at the tick that was last.
    void acceptWhilePaused() {
        inbox.carryOut(now);
        publishers.tick();
        inbox.giveAnswers();
    }

    /// Orders something of a region's gateway; any thread. Takes effect at the next tick.
    CompletableFuture<Object> submit(int region, DrillOrder order) {
        return inbox.submit(region, order);
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
        return machines.power.joules();
    }

    /// What a site's machines take now.
    public double siteWatts(int site) {
        return machines.power.watts(site);
    }

    /// Every order that took effect so far, for a replay.
    public List<LoggedOrder> orderLog() {
        return inbox.log();
    }
}
