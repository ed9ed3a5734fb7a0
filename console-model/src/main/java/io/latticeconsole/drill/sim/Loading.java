package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.NodeCommand;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.world.ModelSpec;
import io.latticeconsole.world.RandomStream;

/// Models coming into a machine's memory and leaving it: waiting for room, loading, warming up, retiring.
final class Loading {
    private static final double WARM_UP_SECONDS = 3;
    private static final long ROOM_NANOS = 1_000_000_000L;
    private static final String NO_ROOM = "no room on the accelerators";

    private final Simulation sim;
    private final Machines machines;

    /// Draws load times, and whether a probe of a bad version fails.
    final RandomStream random;

    Loading(Simulation sim, Machines machines) {
        this.sim = sim;
        this.machines = machines;
        this.random = new RandomStream(sim.world().seed(), "loading");
    }

    void load(Machine machine, NodeCommand.Load c) {
        if (machine.engine(c.code()) != null) {
            return;
        }
        ModelSpec model = sim.world().models().get(c.model());
        int count = model.acceleratorsOn(machine.spec.nodeClass().type());
        int first = machine.room.take(model.billions(), model.sizeBytes(), count);
        Engine e = machines.create(machine, c.code(), c.model(), c.version(), Math.max(0, first));
        if (first < 0) {
            e.placed = false;
            e.message = "waits for room on the accelerators";
            sim.queue.add(sim.now() + ROOM_NANOS, EventKind.LOAD_STEP, e.id, ++e.loadStamp, null);
            return;
        }
        startLoading(e);
    }

    /// Load times spread as Acme's (NSDI 2024): median 23 s, p99 52 s.
    void startLoading(Engine e) {
        e.state = ReplicaState.LOADING;
        e.message = "";
        double seconds = e.model.loadSeconds() * Math.exp(0.25 * random.nextNormal());
        sim.queue.add(sim.now() + (long) (seconds * 1e9), EventKind.LOAD_STEP, e.id, ++e.loadStamp, null);
    }

    /// A step of loading is over, unless the replica has gone another way since.
    void loadStep(int engine, long stamp) {
        Engine e = machines.engine(engine);
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

    /// Finishes what it has and goes.
    void retire(Machine machine, String code) {
        Engine e = machine.engine(code);
        if (e != null) {
            e.state = ReplicaState.DRAINING;
            e.loadStamp++;
        }
    }
}
