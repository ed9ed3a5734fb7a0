package io.latticeconsole.drill.sim;

import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.Fact;
import io.latticeconsole.endpoint.LatticeOrders.Armed;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.SiteId;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationId;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.plan.LoadView;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.world.WorldSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Aurora with an operator at its coordinator; lattice time passes when told to.
final class OperatedLattice {
    static final Caller OPERATOR = new Caller("olga", false);

    final WorldSpec world;
    final Simulation sim;
    private int requests;

    OperatedLattice(int nodes, long seed, double overDefaultLoad) {
        WorldSpec usual = Aurora.generate(nodes, seed);
        world = usual.atRate(usual.requestsPerSecond() * overDefaultLoad);
        Instant start = Instant.parse("2026-01-15T14:00:00Z");
        sim = new Simulation(SimulationOptions.of(world, start, InstantSource.fixed(Instant.EPOCH)));
    }

    OperatedLattice run(double seconds) {
        sim.runUntil(sim.now() + Math.round(seconds * 1e9));
        return this;
    }

    <T> T order(DrillOrder order, Class<T> type) {
        CompletableFuture<Object> answer = sim.submit(world.coordinatorRegion(), order);
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

    Plan plan(OperationSpec spec) {
        return order(new DrillOrder.MakePlan(spec, OPERATOR), Plan.class);
    }

    Operation start(Plan plan) {
        Armed armed = order(new DrillOrder.Arm(plan.hash(), OPERATOR), Armed.class);
        return order(new DrillOrder.Start(armed.token(), "r" + ++requests, "", false, OPERATOR), Operation.class);
    }

    Operation now(OperationId id) {
        for (Fact fact : sim.orders().snapshot(world.coordinatorRegion())) {
            if (fact instanceof Fact.OperationChanged(Operation op) && op.id().equals(id)) {
                return op;
            }
        }
        throw new IllegalStateException("there is no " + id);
    }

    /// Runs until the operation is final or held, at most so long.
    Operation finish(OperationId id, double seconds) {
        for (double t = 0; t < seconds; t++) {
            Operation op = now(id);
            if (op.state() != OperationState.RUNNING) {
                return op;
            }
            run(1);
        }
        return now(id);
    }

    Fault inject(FaultSpec spec) {
        return order(new DrillOrder.Inject(spec, "i" + ++requests, OPERATOR), Fault.class);
    }

    /// What the coordinator knows.
    LatticeState state() {
        return sim.gateway(world.coordinatorRegion()).state();
    }

    LoadView load() {
        return sim.gateway(world.coordinatorRegion()).traffic().view();
    }

    /// Requests/s per site of a model as ingresses observe them, averaged over so many seconds.
    Map<SiteId, Double> observed(ModelId model, int seconds) {
        Map<SiteId, Double> mean = new TreeMap<>();
        for (int i = 0; i < seconds; i++) {
            run(1);
            load().flows().forEach((route, sites) -> {
                if (route.model().equals(model)) {
                    sites.forEach((site, f) -> mean.merge(site, f.requests().value() / seconds, Double::sum));
                }
            });
        }
        return mean;
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
}
