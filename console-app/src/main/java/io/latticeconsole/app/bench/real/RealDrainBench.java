package io.latticeconsole.app.bench.real;

import io.latticeconsole.agent.bench.SteadyClients;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.endpoint.LatticeOrders;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.operation.DeadlinePolicy;
import io.latticeconsole.operation.Operation;
import io.latticeconsole.operation.OperationSpec;
import io.latticeconsole.operation.OperationState;
import io.latticeconsole.telemetry.LedgerTotals;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Drains nodes of a real lattice and restores them while its clients go on asking, ordered as a console orders.
public final class RealDrainBench {
    private static final int SITES = 3;
    private static final int ORDER_SECONDS = 20;

    private final RealLattice lattice;
    private final List<Double> drainSeconds = new ArrayList<>();
    private final List<Double> restoreSeconds = new ArrayList<>();
    private int failed;
    private int drainedWithRequests;

    private RealDrainBench(RealLattice lattice) {
        this.lattice = lattice;
    }

    /// Measures that many drains and restores at that rate of requests, and prints one JSON line.
    ///
    /// @throws IOException if the lattice does not come up, or an operation does not end
    public static void run(int drains, double perSecond, PrintWriter out) throws Exception {
        try (RealLattice real = RealLattice.start(SITES);
                SteadyClients clients = SteadyClients.start(real.inference(), RealLattice.MODEL, perSecond)) {
            RealDrainBench bench = new RealDrainBench(real);
            TimeUnit.SECONDS.sleep(5);
            for (int i = 0; i < drains; i++) {
                bench.drain(real.nodes().get(i % real.nodes().size()));
            }
            clients.drain();
            TimeUnit.SECONDS.sleep(2);
            out.println(bench.figures(clients, perSecond).putMachine().line());
            out.flush();
        }
    }

    private void drain(NodeId node) throws Exception {
        drainSeconds.add(carryOut(new OperationSpec.Drain(List.of(node), null, DeadlinePolicy.EXTEND)));
        if (!lattice.isIn(node, AdminState.DRAINED)) {
            failed++;
        }
        TimeUnit.SECONDS.sleep(2);
        if (lattice.inFlight(node) != 0) {
            drainedWithRequests++;
        }
        restoreSeconds.add(carryOut(new OperationSpec.Restore(List.of(node), null)));
        lattice.await(node + " serves again", () -> lattice.serves(node));
    }

    /// Plans, arms, starts and waits for the end; the seconds from the start to the end.
    private double carryOut(OperationSpec spec) throws Exception {
        LatticeOrders orders = lattice.connection().orders();
        String hash = orders.plan(spec).get(ORDER_SECONDS, TimeUnit.SECONDS).hash();
        LatticeOrders.Armed armed = orders.arm(hash).get(ORDER_SECONDS, TimeUnit.SECONDS);
        Operation started = orders.start(armed, "bench", true).get(ORDER_SECONDS, TimeUnit.SECONDS);
        double ms = lattice.await(started.id() + " ends", () -> {
            Operation now = lattice.store().state().operations().get(started.id());
            return now != null && now.state().isFinal();
        });
        Operation ended = lattice.store().state().operations().get(started.id());
        failed += ended == null || ended.state() != OperationState.SUCCEEDED ? 1 : 0;
        return ms / 1000;
    }

    private Figures figures(SteadyClients clients, double perSecond) {
        LedgerTotals ledger = lattice.store().samples().ledger();
        long ended = ledger.finished() + ledger.rejected() + ledger.aborted() + ledger.lost() + ledger.inFlight();
        double[] all = clients.latencies(List.of(), false);
        return new Figures("real-drain")
                .put("drains", drainSeconds.size())
                .put("restores", restoreSeconds.size())
                .put("operations_failed", failed)
                .put("drained_with_requests", drainedWithRequests)
                .put("requests_per_second", perSecond)
                .put("requests", clients.sent())
                .put("failed_at_client", clients.failed())
                .put("failures", clients.failures())
                .put("aborted", ledger.aborted())
                .put("lost", ledger.lost())
                .put("drain_p50_seconds", Figures.median(array(drainSeconds)))
                .put("drain_max_seconds", Figures.quantile(array(drainSeconds), 1))
                .put("restore_p50_seconds", Figures.median(array(restoreSeconds)))
                .put("latency_p50_ms", Figures.median(all))
                .put("latency_p99_ms", Figures.quantile(all, 0.99))
                .put("ledger_off_by", ledger.arrived() - ended);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
