package io.latticeconsole.drill.sim;

import io.latticeconsole.gateway.End;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.gateway.NodeCommand;
import io.latticeconsole.gateway.Surroundings;
import io.latticeconsole.lattice.ReplicaId;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;

/// The world as one region's gateway can touch it.
record RegionSurroundings(Simulation sim, int region) implements Surroundings {
    @Override
    public long now() {
        return sim.now();
    }

    @Override
    public Instant instant(long nanos) {
        return sim.instant(nanos);
    }

    @Override
    public Instant wallTime() {
        return sim.clocks.wallTime(region);
    }

    @Override
    public WorldSpec world() {
        return sim.world();
    }

    @Override
    public double requestWeight() {
        return sim.weight();
    }

    @Override
    public void send(int toRegion, GatewayMessage message) {
        sim.transit.send(region, toRegion, message);
    }

    @Override
    public void command(int node, NodeCommand command) {
        sim.transit.command(region, node, command);
    }

    @Override
    public int resolve(ReplicaId replica) {
        return sim.machines.resolve(replica);
    }

    @Override
    public long dispatch(int slot, int slotStamp, int engine, int context, int generate, int session, int done) {
        return sim.traffic.dispatch(region, slot, slotStamp, engine, context, generate, session, done);
    }

    @Override
    public void withdraw(long attempt) {
        sim.traffic.withdraw(attempt);
    }

    @Override
    public void ended(int slot, int slotStamp, End end) {
        // simulated clients go by their own attempts
    }

    @Override
    public void finished(int model, double ttftMs, double e2eMs, int tokens) {
        sim.finished(model, ttftMs, e2eMs, tokens);
    }

    @Override
    public int tokensStreamed(long attempt) {
        return sim.execution.tokensStreamed(attempt);
    }
}
