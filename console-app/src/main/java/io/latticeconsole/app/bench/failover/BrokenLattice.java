package io.latticeconsole.app.bench.failover;

import io.latticeconsole.drill.sim.Simulation;
import io.latticeconsole.drill.sim.SimulationDriver;
import io.latticeconsole.drill.sim.SimulationOptions;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.Replica;
import io.latticeconsole.lattice.ReplicaState;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.operation.Failover;
import io.latticeconsole.operation.FailoverPhase;
import io.latticeconsole.world.NodeSpec;
import io.latticeconsole.world.RandomStream;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A loaded lattice in which one thing after another breaks, each once all is well again; its accounts are
/// checked every half second of lattice time.
final class BrokenLattice {
    private static final Instant START = Instant.parse("2026-01-15T14:00:00Z");
    private static final Caller CREW = new Caller("bench", false);
    private static final double HALF_SECOND = 0.5;
    private static final double FAULT_SECONDS = 20;

    /// By then every request that the fault touched has had its answer or its deadline.
    private static final double LEAST_SECONDS = 65;

    private static final double MOST_SECONDS = 300;

    private final WorldSpec world;
    private final Simulation simulation;
    private final SimulationDriver driver;
    private final RandomStream random;
    private final List<Loss> losses = new ArrayList<>();
    private final long[] usual;
    private long checks;
    private long unbalanced;

    private BrokenLattice(WorldSpec world, long seed, int number) {
        this.world = world;
        simulation = new Simulation(SimulationOptions.of(world, START, InstantSource.fixed(START)));
        driver = new SimulationDriver(simulation, 1);
        random = new RandomStream(seed, "failover bench", number);
        usual = new long[world.regions().size()];
        for (int r = 0; r < usual.length; r++) {
            usual[r] = ready(r);
        }
    }

    /// What all faults of one lattice showed, in order.
    record Shown(List<Loss> losses, long ledgerChecks, long ledgerUnbalanced) {}

    /// Breaks a lattice of its own with those faults; `number` tells its random choices from other lattices'.
    static Shown run(WorldSpec world, long seed, int number, List<FaultKind> faults) {
        BrokenLattice lattice = new BrokenLattice(world, seed, number);
        lattice.pass(30);
        faults.forEach(lattice::breakSomething);
        return new Shown(List.copyOf(lattice.losses), lattice.checks, lattice.unbalanced);
    }

    private void breakSomething(FaultKind kind) {
        NodeSpec node = occupiedNode();
        int region = world.sites().get(node.site()).region();
        ResourceName target = kind == FaultKind.SITE_POWER_LOSS
                ? world.sites().get(node.site()).id()
                : node.id();
        int earlier = failovers(region).size();
        long lost = lost();
        long rejected = rejected();
        var answer = driver.ports()
                .get(region)
                .inject(
                        new FaultSpec(kind, List.of(target), 0, 0, 0, FAULT_SECONDS, ""),
                        "bench-" + simulation.now(),
                        CREW);
        pass(0.02);
        Instant fault = answer.join().start();
        pass(LEAST_SECONDS);
        if (failovers(region).size() <= Math.min(earlier, 99)) {
            throw new IllegalStateException("no failover followed " + kind + " on " + target.name());
        }
        for (double t = LEAST_SECONDS; t < MOST_SECONDS && !isWell(region); t++) {
            pass(1);
        }
        Failover failover = failovers(region).getLast();
        losses.add(Loss.of(kind, fault, failover, lost() - lost, rejected() - rejected));
    }

    /// Whether the failover is over, every node of the region is up, and as many replicas are ready as at first.
    private boolean isWell(int region) {
        RegionId id = world.regions().get(region).id();
        return failovers(region).getLast().reached().containsKey(FailoverPhase.RECOVERED)
                && ready(region) == usual[region]
                && simulation.gateway(region).state().nodes().values().stream()
                        .allMatch(
                                n -> n.health() == Health.UP || !n.id().region().equals(id));
    }

    /// Ready replicas of a region; -1 while one is there that is not ready.
    private long ready(int region) {
        RegionId id = world.regions().get(region).id();
        LatticeState state = simulation.gateway(region).state();
        long ready = 0;
        for (var node : state.nodes().keySet()) {
            if (node.region().equals(id)) {
                for (Replica replica : state.replicasOf(node)) {
                    if (replica.state() != ReplicaState.READY) {
                        return -1;
                    }
                    ready++;
                }
            }
        }
        return ready;
    }

    private List<Failover> failovers(int region) {
        return simulation.gateway(region).failovers();
    }

    private NodeSpec occupiedNode() {
        while (true) {
            NodeSpec node = world.nodes().get(random.nextInt(world.nodes().size()));
            if (!node.replicas().isEmpty()) {
                return node;
            }
        }
    }

    private void pass(double seconds) {
        for (double left = seconds; left > 0; left -= HALF_SECOND) {
            simulation.runUntil(simulation.now() + Math.round(Math.min(left, HALF_SECOND) * 1e9));
            checks++;
            for (int r = 0; r < world.regions().size(); r++) {
                unbalanced += simulation.gateway(r).ledgerBalances() ? 0 : 1;
            }
        }
    }

    private long lost() {
        return gateways().stream().mapToLong(g -> g.ledger().lost()).sum();
    }

    private long rejected() {
        return gateways().stream().mapToLong(g -> g.ledger().rejected()).sum();
    }

    private List<Gateway> gateways() {
        List<Gateway> all = new ArrayList<>();
        for (int r = 0; r < world.regions().size(); r++) {
            all.add(simulation.gateway(r));
        }
        return all;
    }
}
