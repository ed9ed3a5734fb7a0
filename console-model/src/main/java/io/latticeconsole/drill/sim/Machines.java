package io.latticeconsole.drill.sim;

import io.latticeconsole.drill.gateway.MainModel;
import io.latticeconsole.drill.gateway.NodeAnswer;
import io.latticeconsole.drill.gateway.NodeCommand;
import io.latticeconsole.drill.gateway.NodeReport;
import io.latticeconsole.drill.gateway.Reply;
import io.latticeconsole.drill.gateway.XidCatalog;
import io.latticeconsole.drill.world.AcceleratorRoom;
import io.latticeconsole.drill.world.ModelSpec;
import io.latticeconsole.drill.world.NodeSpec;
import io.latticeconsole.drill.world.RandomStream;
import io.latticeconsole.drill.world.WorldSpec;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All machines: what they do on command, what happens to them, what they report.
final class Machines {
    static final long REPORT_NANOS = 500_000_000L;
    private static final double WARM_UP_SECONDS = 3;
    private static final long ROOM_NANOS = 1_000_000_000L;
    private static final String NO_ROOM = "no room on the accelerators";
    private static final long RESTART_NANOS = 8_000_000_000L;

    private final Simulation sim;
    private final WorldSpec world;
    private final Machine[] machines;
    private final List<Engine> engines = new ArrayList<>();
    private final Map<ReplicaId, Integer> addresses = new HashMap<>();
    private final Map<String, BadVersion> badVersions = new HashMap<>();
    private final double[] siteCap;
    private final double[] siteWatts;
    private final RandomStream loading;
    private double joules;

    /// How a bad version behaves.
    record BadVersion(double errorRatio, double slowness) {}

    Machines(Simulation sim) {
        this.sim = sim;
        this.world = sim.world();
        this.loading = new RandomStream(world.seed(), "loading");
        machines = new Machine[world.nodes().size()];
        siteCap = world.sites().stream().mapToDouble(s -> s.powerCapWatts()).toArray();
        siteWatts = new double[siteCap.length];
        for (int i = 0; i < machines.length; i++) {
            NodeSpec spec = world.nodes().get(i);
            machines[i] = new Machine(i, spec, inlet(spec.site()), MainModel.of(world, spec));
            for (NodeSpec.Placed p : spec.replicas()) {
                ModelSpec model = world.models().get(p.model());
                machines[i].room.takeAt(p.firstAccelerator(), model.billions(), model.sizeBytes(), p.count());
                create(machines[i], p.code(), p.model(), model.version(), p.firstAccelerator()).state =
                        ReplicaState.READY;
            }
        }
    }

    private double inlet(int site) {
        return world.sites().get(site).inletCelsius();
    }

    Machine machine(int index) {
        return machines[index];
    }

    Machine[] all() {
        return machines;
    }

    Engine engine(int id) {
        return engines.get(id);
    }

    int resolve(ReplicaId id) {
        Integer engine = addresses.get(id);
        return engine == null ? -1 : engine;
    }

    private Engine create(Machine machine, String code, int modelIndex, String version, int first) {
        ModelSpec model = world.models().get(modelIndex);
        Engine e = new Engine(engines.size(), machine, code, modelIndex, model, first, sim.weight(), version);
        apply(e);
        engines.add(e);
        machine.engines.add(e);
        addresses.put(new ReplicaId(machine.spec.id().name() + "/replicas/" + code), e.id);
        return e;
    }

    private void apply(Engine e) {
        BadVersion bad = badVersions.get(e.model.id().name() + "@" + e.version);
        e.advance(sim.now());
        e.errorRatio = bad == null ? 0 : bad.errorRatio();
        e.versionSlowness = bad == null ? 1 : bad.slowness();
    }

    /// Makes a model version bad, or good again (null).
    void setBadVersion(String model, String version, @Nullable BadVersion bad) {
        if (bad == null) {
            badVersions.remove(model + "@" + version);
        } else {
            badVersions.put(model + "@" + version, bad);
        }
        for (Machine machine : machines) {
            machine.engines.forEach(this::apply);
        }
    }

    // ---- commands ----

    void command(int node, NodeCommand command) {
        Machine machine = machines[node];
        if (!machine.up || machine.silent) {
            return;
        }
        switch (command) {
            case NodeCommand.Load c -> load(machine, c);
            case NodeCommand.Retire c -> retire(machine, c.code());
            case NodeCommand.Count c -> answer(machine, c.ask(), 0, Double.NaN);
            case NodeCommand.Abort c -> abort(machine, c.ask());
            case NodeCommand.Probe c -> probe(machine, c);
        }
    }

    private void load(Machine machine, NodeCommand.Load c) {
        if (machine.engine(c.code()) != null) {
            return;
        }
        ModelSpec model = world.models().get(c.model());
        int count = model.acceleratorsOn(machine.spec.nodeClass().type());
        int first = machine.room.take(model.billions(), model.sizeBytes(), count);
        Engine e = create(machine, c.code(), c.model(), c.version(), Math.max(0, first));
        if (first < 0) {
            e.placed = false;
            e.message = "waits for room on the accelerators";
            sim.queue.add(sim.now() + ROOM_NANOS, EventKind.LOAD_STEP, e.id, ++e.loadStamp, null);
            return;
        }
        startLoading(e);
    }

    /// Load times spread as Acme's (NSDI 2024): median 23 s, p99 52 s.
    private void startLoading(Engine e) {
        e.state = ReplicaState.LOADING;
        e.message = "";
        double seconds = e.model.loadSeconds() * Math.exp(0.25 * loading.nextNormal());
        sim.queue.add(sim.now() + (long) (seconds * 1e9), EventKind.LOAD_STEP, e.id, ++e.loadStamp, null);
    }

    void loadStep(int engine, long stamp) {
        Engine e = engines.get(engine);
        if (e.loadStamp != stamp || !e.machine.engines.contains(e)) {
            return;
        }
        if (!e.placed) {
            findRoom(e);
        } else if (e.state == ReplicaState.LOADING) {
            e.state = ReplicaState.WARMING;
            sim.queue.add(sim.now() + (long) (WARM_UP_SECONDS * 1e9), EventKind.LOAD_STEP, e.id, ++e.loadStamp, null);
        } else if (e.state == ReplicaState.WARMING) {
            e.state = ReplicaState.READY;
        } else if (e.state == ReplicaState.FAILED) {
            startLoading(e);
        }
    }

    /// What was to make room is still finishing its requests: waits for it, for as long as a request may take.
    private void findRoom(Engine e) {
        int first = e.machine.room.take(e.model.billions(), e.model.sizeBytes(), e.accelerators);
        if (first >= 0) {
            e.placed = true;
            e.firstAccelerator = first;
            startLoading(e);
        } else if (++e.waits < 40) {
            sim.queue.add(sim.now() + ROOM_NANOS, EventKind.LOAD_STEP, e.id, ++e.loadStamp, null);
        } else {
            e.state = ReplicaState.FAILED;
            e.message = NO_ROOM;
        }
    }

    private void retire(Machine machine, String code) {
        Engine e = machine.engine(code);
        if (e != null) {
            e.state = ReplicaState.DRAINING;
            e.loadStamp++;
        }
    }

    private void unload(Engine e) {
        e.state = ReplicaState.UNLOADED;
        e.machine.engines.remove(e);
        addresses.remove(new ReplicaId(e.machine.spec.id().name() + "/replicas/" + e.code), e.id);
        if (e.placed) {
            e.machine.room.release(e.firstAccelerator, e.model.billions(), e.model.sizeBytes(), e.accelerators);
        }
    }

    private void abort(Machine machine, long ask) {
        int count = 0;
        for (Engine e : machine.engines) {
            count += sim.traffic.clear(e, Reply.ABORTED);
        }
        answer(machine, ask, count, Double.NaN);
    }

    private void probe(Machine machine, NodeCommand.Probe c) {
        Engine e = machine.engine(c.code());
        boolean ok = e != null
                && e.state == ReplicaState.READY
                && !(e.errorRatio > 0 && loading.nextDouble() < e.errorRatio);
        double ms = e == null ? Double.NaN : e.queuedMs * e.slowness() + e.prefillMs((int) e.model.medianContext());
        long delay = ok ? (long) (ms * 1e6) : 0;
        sim.answer(machine.index, answerOf(machine, c.ask(), 0, ok ? ms : Double.NaN), delay);
    }

    private void answer(Machine machine, long ask, int aborted, double ttftMs) {
        sim.answer(machine.index, answerOf(machine, ask, aborted, ttftMs), 0);
    }

    private NodeAnswer answerOf(Machine machine, long ask, int aborted, double ttftMs) {
        int running = 0;
        int queued = 0;
        long oldest = sim.now();
        for (Engine e : machine.engines) {
            running += e.running() * e.weight;
            queued += e.queued * e.weight;
            oldest = Math.min(oldest, sim.traffic.oldest(e));
        }
        return new NodeAnswer(
                machine.index, ask, running, queued, (sim.now() - oldest) / 1e9, aborted * sim.weight(), ttftMs);
    }

    // ---- reports ----

    void report(int node) {
        Machine machine = machines[node];
        long now = sim.now();
        int site = machine.spec.site();
        siteWatts[site] -= machine.up ? machine.powerWatts : 0;
        joules += machine.powerWatts * (now - machine.reportedAt) / 1e9;
        if (machine.up) {
            machine.settle(now, inlet(site));
            siteWatts[site] += machine.powerWatts;
            for (Engine e : List.copyOf(machine.engines)) {
                if (e.state == ReplicaState.DRAINING && e.running() == 0 && e.queued == 0) {
                    unload(e);
                }
            }
            if (!machine.silent) {
                NodeReport last = machine.lastReport;
                sim.reported(machine, machine.stale && last != null ? last.sentAgain(now) : machine.report(now));
            }
        } else {
            machine.cool(now, inlet(site));
        }
        sim.queue.add(now + REPORT_NANOS, EventKind.NODE_REPORT, node, 0, null);
    }

    /// Each second: machines of a site above its cap are slowed until it fits.
    void capSites() {
        for (Machine machine : machines) {
            int site = machine.spec.site();
            double share = siteWatts[site] / siteCap[site];
            double target = machine.powerShare / Math.max(1e-3, share);
            double next = share > 1 || machine.powerShare < 1 ? Math.max(0.3, Math.min(1, target)) : 1;
            machine.powerShare += 0.5 * (next - machine.powerShare);
            machine.powerShare = machine.powerShare > 0.995 ? 1 : machine.powerShare;
        }
    }

    double joules() {
        return joules;
    }

    double siteWatts(int site) {
        return siteWatts[site];
    }

    double siteCap(int site) {
        return siteCap[site];
    }

    void setSiteCap(int site, double watts) {
        siteCap[site] = watts;
    }

    // ---- misfortunes ----

    /// The machine's server dies and (with power) resets its connections.
    void crash(int node, boolean powered) {
        Machine machine = machines[node];
        if (!machine.up) {
            machine.powered &= powered;
            return;
        }
        siteWatts[machine.spec.site()] -= machine.powerWatts;
        machine.up = false;
        machine.powered = powered;
        for (Engine e : machine.engines) {
            sim.traffic.clear(e, null);
            e.state = ReplicaState.UNLOADED;
            addresses.remove(new ReplicaId(machine.spec.id().name() + "/replicas/" + e.code), e.id);
        }
        machine.engines.clear();
        machine.forget();
        if (powered) {
            sim.breakConnections(machine);
        }
    }

    /// The machine starts again, empty.
    void restart(int node) {
        Machine machine = machines[node];
        if (machine.up) {
            return;
        }
        machine.room = new AcceleratorRoom(machine.spec.nodeClass());
        for (int i = 0; i < machine.gpuBroken.length; i++) {
            machine.room.setBroken(i, machine.gpuBroken[i]);
        }
        machine.up = true;
        machine.powered = true;
        machine.boot++;
        machine.reportedAt = sim.now();
        machine.powerWatts = machine.spec.nodeClass().idleWatts();
        siteWatts[machine.spec.site()] += machine.powerWatts;
    }

    /// Falls silent or speaks again; its work goes on.
    void setSilent(int node, boolean silent) {
        Machine machine = machines[node];
        machine.silent = silent;
        for (Engine e : machine.engines) {
            e.advance(sim.now());
            e.silentClock = silent ? e.virtualClock() : Double.POSITIVE_INFINITY;
        }
    }

    void setGreySlowness(int node, double factor) {
        advanceAll(node);
        machines[node].greySlowness = factor;
    }

    private void advanceAll(int node) {
        machines[node].engines.forEach(e -> e.advance(sim.now()));
    }

    /// An accelerator raises an XID error.
    void raiseXid(int node, int accelerator, int xid) {
        Machine machine = machines[node];
        XidCatalog.Entry entry = XidCatalog.entries().get(xid);
        XidCatalog.Effect effect = entry == null ? XidCatalog.Effect.LOSES_ACCELERATOR : entry.effect();
        machine.gpuXid[accelerator] = xid;
        if (effect == XidCatalog.Effect.NONE) {
            return;
        }
        boolean lost = effect == XidCatalog.Effect.LOSES_ACCELERATOR;
        if (lost) {
            machine.gpuBroken[accelerator] = true;
            machine.room.setBroken(accelerator, true);
        }
        for (Engine e : machine.engines) {
            boolean uses = accelerator >= e.firstAccelerator && accelerator < e.firstAccelerator + e.accelerators;
            if (uses && e.state != ReplicaState.DRAINING) {
                e.state = ReplicaState.FAILED;
                e.message = (lost ? "XID " : "restarting after XID ") + xid + " on GPU " + accelerator;
                e.loadStamp++;
                sim.traffic.clear(e, Reply.REFUSED);
                if (!lost) {
                    sim.queue.add(sim.now() + RESTART_NANOS, EventKind.LOAD_STEP, e.id, e.loadStamp, null);
                }
            }
        }
    }

    /// The accelerator was reset or replaced: its replicas load again.
    void repairXid(int node, int accelerator) {
        Machine machine = machines[node];
        machine.gpuXid[accelerator] = 0;
        machine.gpuBroken[accelerator] = false;
        machine.room.setBroken(accelerator, false);
        for (Engine e : machine.engines) {
            boolean uses = accelerator >= e.firstAccelerator && accelerator < e.firstAccelerator + e.accelerators;
            if (uses && e.state == ReplicaState.FAILED && e.placed) {
                startLoading(e);
            }
        }
    }
}
