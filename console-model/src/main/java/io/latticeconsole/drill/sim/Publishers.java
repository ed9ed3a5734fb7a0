package io.latticeconsole.drill.sim;

import io.latticeconsole.endpoint.EndpointPort.Outlet;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.telemetry.SampleBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Where each gateway's facts and samples go.
final class Publishers {
    private final Simulation sim;
    private final List<List<Outlet>> outlets = new ArrayList<>();
    private final ConcurrentLinkedQueue<Joining> joining = new ConcurrentLinkedQueue<>();

    private record Joining(int region, Outlet outlet) {}

    Publishers(Simulation sim) {
        this.sim = sim;
        sim.world().regions().forEach(_ -> outlets.add(new ArrayList<>()));
    }

    /// Any thread; begins at the next tick.
    void attach(int region, Outlet outlet) {
        joining.add(new Joining(region, outlet));
    }

    void tick() {
        Instant time = sim.instant(sim.now());
        for (int r = 0; r < outlets.size(); r++) {
            List<Fact> facts = sim.gateway(r).takeFacts();
            if (!facts.isEmpty()) {
                for (Outlet outlet : outlets.get(r)) {
                    outlet.facts(time, facts);
                }
            }
        }
        for (Joining j = joining.poll(); j != null; j = joining.poll()) {
            List<Fact> facts = new ArrayList<>(sim.gateway(j.region()).snapshot());
            facts.addAll(sim.orders().snapshot(j.region()));
            j.outlet().snapshot(facts);
            outlets.get(j.region()).add(j.outlet());
        }
    }

    void samples(int region, SampleBatch batch) {
        for (Outlet outlet : outlets.get(region)) {
            outlet.samples(batch);
        }
    }
}
