package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.MainModel;
import io.latticeconsole.gateway.NodeAnswer;
import io.latticeconsole.gateway.NodeCommand;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.gateway.Reply;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.operation.GatewayOrder;
import io.latticeconsole.world.AcceleratorType;
import io.latticeconsole.world.Heat;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.UsualLoad;
import io.latticeconsole.world.WorldSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All machines and the replicas on them: what they do on command, and what they report.
final class Machines {
    static final long REPORT_NANOS = 500_000_000L;

    private final Simulation sim;
    private final WorldSpec world;
    private final Machine[] machines;
    private final List<Engine> engines = new ArrayList<>();
    private final Map<ReplicaId, Integer> addresses = new HashMap<>();
    private final Map<String, List<BadVersion>> badVersions = new HashMap<>();
    final SitePower power;
    final Loading loading;

    /// How a bad version behaves.
    record BadVersion(double errorRatio, double slowness) {}

    Machines(Simulation sim) {
        this.sim = sim;
        this.world = sim.world();
        this.loading = new Loading(sim, this);
        this.power = new SitePower(world);
        machines = new Machine[world.nodes().size()];
        UsualLoad usual = new UsualLoad(world);
        for (int i = 0; i < machines.length; i++) {
            NodeSpec spec = world.nodes().get(i);
            machines[i] = new Machine(i, spec, warm(usual.utilization(i), spec), MainModel.of(world, spec));
            for (NodeSpec.Placed p : spec.replicas()) {
                ModelSpec model = world.models().get(p.model());
                machines[i].room.takeAt(p.firstAccelerator(), model.billions(), model.sizeBytes(), p.count());
                create(machines[i], p.code(), p.model(), model.version(), p.firstAccelerator()).state =
                        ReplicaState.READY;
            }
        }
    }

    /// A lattice that starts has been running: its machines are as warm as their usual load makes them.
    private double warm(double utilization, NodeSpec spec) {
        AcceleratorType type = spec.nodeClass().type();
        double share = Heat.watts(type, utilization, 1) / type.tdpWatts();
        return Heat.steadyCelsius(inlet(spec.site()), share * spec.thermalFactor());
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

    /// A replica comes to be on a machine; its state is the caller's to say.
    Engine create(Machine machine, String code, int modelIndex, String version, int first) {
        ModelSpec model = world.models().get(modelIndex);
        Engine e = new Engine(engines.size(), machine, code, modelIndex, model, first, sim.weight(), version);
        apply(e);
        engines.add(e);
        machine.engines.add(e);
        addresses.put(idOf(e), e.id);
        return e;
    }

    private static ReplicaId idOf(Engine e) {
        return new ReplicaId(e.machine.spec.id().name() + "/replicas/" + e.code);
    }

    /// Its address leads nowhere from now on.
    void unlist(Engine e) {
        addresses.remove(idOf(e), e.id);
    }

    private void apply(Engine e) {
        BadVersion bad = badVersions.getOrDefault(e.model.id().name() + "@" + e.version, List.of()).stream()
                .max(Comparator.comparingDouble(BadVersion::errorRatio))
                .orElse(null);
        e.advance(sim.now());
        e.errorRatio = bad == null ? 0 : bad.errorRatio();
        e.versionSlowness = bad == null ? 1 : bad.slowness();
    }

    /// Makes a model version bad; of several, the one with the most errors counts.
    void addBadVersion(String model, String version, BadVersion bad) {
        badVersions
                .computeIfAbsent(model + "@" + version, _ -> new ArrayList<>())
                .add(bad);
        applyAll();
    }

    /// Takes that back.
    void removeBadVersion(String model, String version, BadVersion bad) {
        badVersions.getOrDefault(model + "@" + version, new ArrayList<>()).remove(bad);
        applyAll();
    }

    private void applyAll() {
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
            case NodeCommand.Load c -> loading.load(machine, c);
            case NodeCommand.Retire c -> loading.retire(machine, c.code());
            case NodeCommand.Count c -> answer(machine, c.ask(), 0, Double.NaN);
            case NodeCommand.Abort c -> abort(machine, c.ask());
            case NodeCommand.Probe c -> probe(machine, c);
        }
    }

    private void unload(Engine e) {
        e.state = ReplicaState.UNLOADED;
        e.machine.engines.remove(e);
        unlist(e);
        if (e.placed) {
            e.machine.room.release(e.firstAccelerator, e.model.billions(), e.model.sizeBytes(), e.accelerators);
        }
    }

    private void abort(Machine machine, long ask) {
        int count = 0;
        for (Engine e : machine.engines) {
            count += sim.execution.clear(e, Reply.ABORTED);
        }
        answer(machine, ask, count, Double.NaN);
    }

    private void probe(Machine machine, NodeCommand.Probe c) {
        Engine e = machine.engine(c.code());
        boolean ok = e != null && e.state == ReplicaState.READY;
        for (int i = 0; ok && e != null && e.errorRatio > 0 && i < GatewayOrder.ProbeReplica.INFERENCES; i++) {
            ok = loading.random.nextDouble() >= e.errorRatio;
        }
        double ms = e == null ? Double.NaN : e.queuedMs * e.slowness() + e.prefillMs((int) e.model.medianContext());
        long delay = ok ? (long) (GatewayOrder.ProbeReplica.INFERENCES * ms * 1e6) : 0;
        sim.transit.answer(machine.index, answerOf(machine, c.ask(), 0, ok ? ms : Double.NaN), delay);
    }

    private void answer(Machine machine, long ask, int aborted, double ttftMs) {
        sim.transit.answer(machine.index, answerOf(machine, ask, aborted, ttftMs), 0);
    }

    private NodeAnswer answerOf(Machine machine, long ask, int aborted, double ttftMs) {
        int running = 0;
        int queued = 0;
        long oldest = sim.now();
        for (Engine e : machine.engines) {
            running += e.running() * e.weight;
            queued += e.queued * e.weight;
            oldest = Math.min(oldest, sim.execution.oldest(e));
        }
        return new NodeAnswer(
                machine.index, ask, running, queued, (sim.now() - oldest) / 1e9, aborted * sim.weight(), ttftMs);
    }

    // ---- reports ----

    void report(int node) {
        Machine machine = machines[node];
        long now = sim.now();
        int site = machine.spec.site();
        power.draw(site, machine.up ? -machine.powerWatts : 0);
        power.took(machine.powerWatts * (now - machine.reportedAt) / 1e9);
        if (machine.up) {
            machine.settle(now, inlet(site));
            power.draw(site, machine.powerWatts);
            for (Engine e : List.copyOf(machine.engines)) {
                if (e.state == ReplicaState.DRAINING && e.running() == 0 && e.queued == 0) {
                    unload(e);
                }
            }
            if (!machine.silent) {
                NodeReport last = machine.lastReport;
                sim.transit.reported(
                        machine, machine.stale && last != null ? last.sentAgain(now) : machine.report(now));
            }
        } else {
            machine.cool(now, inlet(site));
        }
        sim.queue.add(now + REPORT_NANOS, EventKind.NODE_REPORT, node, 0, null);
    }
}
