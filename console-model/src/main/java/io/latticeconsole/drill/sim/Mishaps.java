package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.Reply;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.XidCatalog;
import io.latticeconsole.world.AcceleratorRoom;
import java.util.List;

/// What can happen to machines: they die and start again, fall silent, slow down, lose accelerators.
final class Mishaps {
    private static final long RESTART_NANOS = 8_000_000_000L;

    private final Simulation sim;
    private final Machines machines;

    Mishaps(Simulation sim, Machines machines) {
        this.sim = sim;
        this.machines = machines;
    }

    /// The machine's server dies and (with power) resets its connections.
    void crash(int node, boolean powered) {
        Machine machine = machines.machine(node);
        if (!machine.up) {
            machine.powered &= powered;
            return;
        }
        machines.power.draw(machine.spec.site(), -machine.powerWatts);
        machine.up = false;
        machine.powered = powered;
        for (Engine e : machine.engines) {
            sim.execution.clear(e, null);
            e.state = ReplicaState.UNLOADED;
            machines.unlist(e);
        }
        machine.engines.clear();
        machine.forget();
        if (powered) {
            sim.transit.breakConnections(machine);
        }
    }

    /// The machine starts again, empty.
    void restart(int node) {
        Machine machine = machines.machine(node);
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
        machines.power.draw(machine.spec.site(), machine.powerWatts);
    }

    /// Falls silent or speaks again; its work goes on.
    void setSilent(int node, boolean silent) {
        Machine machine = machines.machine(node);
        machine.silent = silent;
        for (Engine e : machine.engines) {
            e.advance(sim.now());
            e.silentClock = silent ? e.virtualClock() : Double.POSITIVE_INFINITY;
        }
    }

    void setGreySlowness(int node, double factor) {
        machines.machine(node).engines.forEach(e -> e.advance(sim.now()));
        machines.machine(node).greySlowness = factor;
    }

    /// An accelerator raises an XID error.
    void raiseXid(int node, int accelerator, int xid) {
        Machine machine = machines.machine(node);
        machine.xids.get(accelerator).add(xid);
        machine.gpuXid[accelerator] = xid;
        XidCatalog.Effect effect = effectOf(xid);
        if (effect == XidCatalog.Effect.NONE) {
            return;
        }
        boolean lost = effect == XidCatalog.Effect.LOSES_ACCELERATOR;
        if (lost) {
            machine.gpuBroken[accelerator] = true;
            machine.room.setBroken(accelerator, true);
        }
        for (Engine e : machine.engines) {
            if (uses(e, accelerator) && e.state != ReplicaState.DRAINING) {
                e.message = (lost ? "XID " : "restarting after XID ") + xid + " on GPU " + accelerator;
                fail(e, !lost && !machine.isBroken(e));
            }
        }
    }

    private static XidCatalog.Effect effectOf(int xid) {
        XidCatalog.Entry entry = XidCatalog.entries().get(xid);
        return entry == null ? XidCatalog.Effect.LOSES_ACCELERATOR : entry.effect();
    }

    private static boolean uses(Engine e, int accelerator) {
        return accelerator >= e.firstAccelerator && accelerator < e.firstAccelerator + e.accelerators;
    }

    private void fail(Engine e, boolean restarts) {
        e.state = ReplicaState.FAILED;
        e.loadStamp++;
        sim.execution.clear(e, Reply.REFUSED);
        if (restarts) {
            sim.queue.add(sim.now() + RESTART_NANOS, EventKind.LOAD_STEP, e.id, e.loadStamp, null);
        }
    }

    /// One error is over; when no other keeps the accelerator down it was reset or replaced, and its replicas load
    /// again.
    void repairXid(int node, int accelerator, int xid) {
        Machine machine = machines.machine(node);
        List<Integer> left = machine.xids.get(accelerator);
        left.remove(Integer.valueOf(xid));
        boolean broken = left.stream().anyMatch(x -> effectOf(x) == XidCatalog.Effect.LOSES_ACCELERATOR);
        machine.gpuXid[accelerator] = left.isEmpty() ? 0 : left.getLast();
        machine.gpuBroken[accelerator] = broken;
        machine.room.setBroken(accelerator, broken);
        for (Engine e : machine.engines) {
            if (uses(e, accelerator) && e.state == ReplicaState.FAILED && e.placed && !machine.isBroken(e)) {
                machines.loading.startLoading(e);
            }
        }
    }
}
