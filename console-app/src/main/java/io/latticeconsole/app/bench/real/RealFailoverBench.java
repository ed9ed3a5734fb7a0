package io.latticeconsole.app.bench.real;

import io.latticeconsole.agent.bench.SteadyClients;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.telemetry.LedgerTotals;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Kills and stops agents of a real lattice while its clients go on asking: what they notice, when a console sees it,
/// and whether the accounts hold. Detection is timed from the signal to the console's store.
public final class RealFailoverBench {
    private static final int SITES = 3;
    private static final long NOTICED_NANOS = 6_000_000_000L;

    private final RealLattice lattice;
    private final List<long[]> disturbed = new ArrayList<>();
    private final List<Double> killSeen = new ArrayList<>();
    private final List<Double> stopSeen = new ArrayList<>();

    private RealFailoverBench(RealLattice lattice) {
        this.lattice = lattice;
    }

    /// Measures with that many kills and stops at that rate of requests, and prints one JSON line.
    ///
    /// @throws IOException if the lattice does not come up, or a node does not come back
    public static void run(int kills, int stops, double perSecond, PrintWriter out)
            throws IOException, InterruptedException {
        try (RealLattice real = RealLattice.start(SITES);
                SteadyClients clients = SteadyClients.start(real.inference(), RealLattice.MODEL, perSecond)) {
            RealFailoverBench bench = new RealFailoverBench(real);
            TimeUnit.SECONDS.sleep(5);
            for (int i = 0; i < kills; i++) {
                bench.kill(real.nodes().get(i % real.nodes().size()));
            }
            for (int i = 0; i < stops; i++) {
                bench.stop(real.nodes().get(i % real.nodes().size()));
            }
            clients.drain();
            TimeUnit.SECONDS.sleep(2);
            out.println(bench.figures(clients, perSecond).putMachine().line());
            out.flush();
        }
    }

    private void kill(NodeId node) throws IOException, InterruptedException {
        long at = System.nanoTime();
        lattice.signal(node, "KILL");
        killSeen.add(lattice.await(node + " is seen down", () -> lattice.isDown(node)));
        disturbed.add(new long[] {at - 1_000_000_000L, at + NOTICED_NANOS});
        TimeUnit.SECONDS.sleep(1);
        lattice.start(node);
        lattice.await(node + " serves again", () -> lattice.serves(node));
    }

    private void stop(NodeId node) throws IOException, InterruptedException {
        long at = System.nanoTime();
        lattice.signal(node, "STOP");
        stopSeen.add(lattice.await(node + " is seen down", () -> lattice.isDown(node)));
        disturbed.add(new long[] {at - 1_000_000_000L, at + NOTICED_NANOS});
        TimeUnit.SECONDS.sleep(2);
        lattice.signal(node, "CONT");
        lattice.await(node + " serves again", () -> lattice.serves(node));
    }

    private Figures figures(SteadyClients clients, double perSecond) {
        double[] calm = clients.latencies(disturbed, false);
        double[] during = clients.latencies(disturbed, true);
        LedgerTotals ledger = lattice.store().samples().ledger();
        long ended = ledger.finished() + ledger.rejected() + ledger.aborted() + ledger.lost() + ledger.inFlight();
        return new Figures("real-failover")
                .put("kills", killSeen.size())
                .put("stops", stopSeen.size())
                .put("requests_per_second", perSecond)
                .put("requests", clients.sent())
                .put("failed_at_client", clients.failed())
                .put("failures", clients.failures())
                .put("kill_seen_p50_ms", Figures.quantile(array(killSeen), 0.5))
                .put("kill_seen_max_ms", Figures.quantile(array(killSeen), 1))
                .put("stop_seen_p50_ms", Figures.quantile(array(stopSeen), 0.5))
                .put("stop_seen_max_ms", Figures.quantile(array(stopSeen), 1))
                .put("calm_p50_ms", Figures.median(calm))
                .put("calm_p99_ms", Figures.quantile(calm, 0.99))
                .put("failover_p99_ms", Figures.quantile(during, 0.99))
                .put("added_p99_ms", Figures.quantile(during, 0.99) - Figures.quantile(calm, 0.99))
                .put("retried", ledger.retried())
                .put("duplicate_executions", ledger.duplicateExecutions())
                .put("lost", ledger.lost())
                .put("ledger_off_by", ledger.arrived() - ended)
                .put("ledger_arrived_less_sent", ledger.arrived() - clients.sent());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
