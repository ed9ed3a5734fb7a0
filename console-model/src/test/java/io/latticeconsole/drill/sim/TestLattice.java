package io.latticeconsole.drill.sim;

import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.EventRecord;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/// A drill lattice run by hand, for tests: lattice time passes when told to.
final class TestLattice {
    static final Instant START = Instant.parse("2026-01-15T14:00:00Z");
    static final Caller CREW = new Caller("crew", false);

    final WorldSpec world;
    final Simulation sim;

    TestLattice(WorldSpec world) {
        this(world, List.of());
    }

    TestLattice(WorldSpec world, List<LoggedOrder> replay) {
        this.world = world;
        this.sim = new Simulation(options(world), replay);
    }

    static SimulationOptions options(WorldSpec world) {
        return SimulationOptions.of(world, START, InstantSource.fixed(Instant.EPOCH));
    }

    static TestLattice of(int nodes, long seed, double requestsPerSecond) {
        return new TestLattice(Aurora.generate(nodes, seed).atRate(requestsPerSecond));
    }

    /// Aurora at a share of its ready capacity, as its placement has about twice the default load's.
    static TestLattice aurora(double overDefaultLoad) {
        WorldSpec world = Aurora.generate(Aurora.DEFAULT_NODES, 7);
        return new TestLattice(world.atRate(world.requestsPerSecond() * overDefaultLoad));
    }

    Machine machine(NodeId id) {
        return sim.machines.machine(world.nodes().indexOf(spec(id)));
    }

    NodeSpec spec(NodeId id) {
        return world.nodes().stream().filter(n -> n.id().equals(id)).findFirst().orElseThrow();
    }

    TestLattice run(double seconds) {
        sim.runUntil(sim.now() + Math.round(seconds * 1e9));
        return this;
    }

    Fault inject(FaultKind kind, double seconds, ResourceName... targets) {
        return inject(new FaultSpec(kind, List.of(targets), 0, 0, 0, seconds, ""));
    }

    /// Injects at the next tick and returns just after it.
    Fault inject(FaultSpec spec) {
        return order(new DrillOrder.Inject(spec, "inject-" + sim.now(), CREW), Fault.class);
    }

    Fault clear(Fault fault) {
        return order(new DrillOrder.Clear(fault.name(), "clear-" + sim.now(), CREW), Fault.class);
    }

    <T> T order(DrillOrder order, Class<T> type) {
        return order(world.coordinatorRegion(), order, type);
    }

    <T> T order(int region, DrillOrder order, Class<T> type) {
        CompletableFuture<Object> answer = sim.submit(region, order);
        sim.runUntil(sim.now() + Simulation.TICK_NANOS);
        try {
            return type.cast(answer.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof OrderRefused refused) {
                throw refused;
            }
            throw e;
        }
    }

    int regionOf(NodeId node) {
        for (int i = 0; i < world.nodes().size(); i++) {
            if (world.nodes().get(i).id().equals(node)) {
                return world.regionOf(i);
            }
        }
        throw new IllegalArgumentException("no node " + node);
    }

    /// A node as the gateway of a region knows it.
    Node node(int region, NodeId id) {
        Node node = sim.gateway(region).state().nodes().get(id);
        if (node == null) {
            throw new IllegalStateException(id + " is not known in region " + region);
        }
        return node;
    }

    Health health(NodeId id) {
        return node(regionOf(id), id).health();
    }

    boolean ledgersBalance() {
        for (int r = 0; r < world.regions().size(); r++) {
            if (!sim.gateway(r).ledgerBalances() || !sim.gateway(r).ledger().balances()) {
                return false;
            }
        }
        return true;
    }

    LedgerTotals totals() {
        long[] sum = new long[9];
        for (int r = 0; r < world.regions().size(); r++) {
            LedgerTotals l = sim.gateway(r).ledger();
            sum[0] += l.arrived();
            sum[1] += l.finished();
            sum[2] += l.rejected();
            sum[3] += l.aborted();
            sum[4] += l.lost();
            sum[5] += l.inFlight();
            sum[6] += l.retried();
            sum[7] += l.migrated();
            sum[8] += l.duplicateExecutions();
        }
        return new LedgerTotals(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7], sum[8]);
    }

    /// All gateways' events in order of time.
    List<EventRecord> events() {
        List<EventRecord> all = new ArrayList<>();
        for (int r = 0; r < world.regions().size(); r++) {
            all.addAll(sim.gateway(r).events());
        }
        all.sort(Comparator.comparing(EventRecord::latticeTime));
        return all;
    }

    List<EventRecord> events(String type) {
        return events().stream().filter(e -> e.type().equals(type)).toList();
    }

    /// The event log as bytes are compared: a line an event, gateway by gateway.
    String eventLog() {
        StringBuilder log = new StringBuilder();
        for (int r = 0; r < world.regions().size(); r++) {
            log.append(sim.gateway(r).events().stream()
                    .map(EventRecord::toString)
                    .collect(Collectors.joining("\n", "", "\n")));
            log.append(sim.gateway(r).ledger()).append('\n');
        }
        return log.toString();
    }
}
