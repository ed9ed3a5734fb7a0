package io.latticeconsole.app.bench.real;

import io.latticeconsole.agent.bench.InferenceCalls;
import io.latticeconsole.agent.engine.embedded.EmbeddedProcess;
import io.latticeconsole.agent.engine.embedded.EmbeddedServer;
import io.latticeconsole.app.bench.ChildJvm;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.server.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What a request pays for going through gateway and agent, against the same engine called directly, in turn.
public final class GatewayBench {
    private static final int ROUNDS = 5;
    private static final int CALLERS = 4;

    /// Enough that no core waits for a caller, and far fewer than a replica takes at once, 40.
    private static final int MANY_CALLERS = 16;

    /// Four processes share the machine with their compilers, which take a minute to be done.
    private static final int WARM_UPS = 12;
    private static final double SECONDS = 4;
    private static final double LOAD = 0.4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// What an engine does least for, so that the way there weighs most.
    private static final String SENTENCE = "Request number 1 of many";

    /// As long as a passage that is looked up by its vector, about a hundred words.
    private static final String PASSAGE = "When a node stops answering, the router has to decide within a few"
            + " hundred milliseconds whether it is dead or merely slow. It looks at the connection first: a stream"
            + " that breaks is proof enough, and every request that was under way there is sent to another replica"
            + " of the same model. A node that falls silent without closing anything is given two reports of"
            + " patience. Meanwhile new requests go to its neighbours, those with the shortest queues first, and"
            + " the operators see on their map where the load has gone and whether what is left could bear the"
            + " loss of one more machine.";

    private GatewayBench() {}

    /// Measures and prints one JSON line; figures are medians of the rounds.
    public static void run(PrintWriter out) throws Exception {
        List<InetSocketAddress> ports = FreePorts.take("127.0.0.1", 0, 3);
        Path folder = Files.createTempDirectory("gateway-bench-");
        Map<String, Optional<Path>> versions = Map.of("v1", Optional.empty());
        try (EmbeddedProcess engine = EmbeddedProcess.start(
                        versions, List.of("v1"), Duration.ofSeconds(1), folder.resolve("engine.log"));
                ChildJvm _ = RealLattice.agent(node(folder, ports.getFirst(), engine.port()));
                ChildJvm _ = RealLattice.agent(gateway(folder, ports));
                InferenceCalls direct =
                        new InferenceCalls("127.0.0.1:" + engine.port(), EmbeddedServer.MODEL, SENTENCE);
                InferenceCalls routed = new InferenceCalls(FreePorts.text(ports.get(2)), RealLattice.MODEL, SENTENCE);
                InferenceCalls directPassage =
                        new InferenceCalls("127.0.0.1:" + engine.port(), EmbeddedServer.MODEL, PASSAGE);
                InferenceCalls routedPassage =
                        new InferenceCalls(FreePorts.text(ports.get(2)), RealLattice.MODEL, PASSAGE)) {
            await(direct);
            await(routed);
            for (int i = 0; i < WARM_UPS; i++) {
                direct.perSecond(CALLERS, SECONDS);
                routed.perSecond(CALLERS, SECONDS);
            }
            measure(direct, routed, directPassage, routedPassage, out);
        }
    }

    private static void measure(
            InferenceCalls direct,
            InferenceCalls routed,
            InferenceCalls directPassage,
            InferenceCalls routedPassage,
            PrintWriter out)
            throws Exception {
        double[][] rates = rates(CALLERS, direct, routed);
        double[][] saturated = rates(MANY_CALLERS, direct, routed);
        double[][] passages = rates(CALLERS, directPassage, routedPassage);
        double rate = LOAD * Figures.median(rates[1]);
        double[][] p50 = new double[2][ROUNDS];
        double[][] p99 = new double[2][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double[] a = direct.latencies(rate, SECONDS);
            double[] b = routed.latencies(rate, SECONDS);
            p50[0][round] = Figures.median(a);
            p50[1][round] = Figures.median(b);
            p99[0][round] = Figures.quantile(a, 0.99);
            p99[1][round] = Figures.quantile(b, 0.99);
        }
        out.println(new Figures("gateway")
                .put("p50_added_ms", Figures.median(p50[1]) - Figures.median(p50[0]))
                .put("direct_p50_ms", Figures.median(p50[0]))
                .put("routed_p50_ms", Figures.median(p50[1]))
                .put("direct_p99_ms", Figures.median(p99[0]))
                .put("routed_p99_ms", Figures.median(p99[1]))
                .put("at_requests_per_second", rate)
                .put("throughput_ratio", ratio(rates))
                .put("direct_per_second", Figures.median(rates[0]))
                .put("routed_per_second", Figures.median(rates[1]))
                .put("saturated_throughput_ratio", ratio(saturated))
                .put("saturated_direct_per_second", Figures.median(saturated[0]))
                .put("saturated_routed_per_second", Figures.median(saturated[1]))
                .put("saturated_callers", MANY_CALLERS)
                .put("passage_throughput_ratio", ratio(passages))
                .put("passage_direct_per_second", Figures.median(passages[0]))
                .put("passage_routed_per_second", Figures.median(passages[1]))
                .put("callers", CALLERS)
                .put("rounds", ROUNDS)
                .put("warm_up_seconds", 2 * WARM_UPS * SECONDS)
                .putMachine()
                .line());
        out.flush();
    }

    /// Requests a second, direct and routed, in turn.
    private static double[][] rates(int callers, InferenceCalls direct, InferenceCalls routed) throws Exception {
        double[][] rates = new double[2][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rates[0][round] = direct.perSecond(callers, SECONDS);
            rates[1][round] = routed.perSecond(callers, SECONDS);
        }
        return rates;
    }

    private static double ratio(double[][] rates) {
        return Figures.median(rates[1]) / Figures.median(rates[0]);
    }

    private static Path node(Path folder, InetSocketAddress listen, int engine) throws IOException {
        return Files.writeString(folder.resolve("node.yaml"), """
                role: node
                lattice: bench
                node: regions/eu/sites/site-1/nodes/n1
                listen: %s
                engine: {kind: open-inference, address: '127.0.0.1:%d'}
                models: [{code: %s, engine-name: %s}]
                """.formatted(
                        FreePorts.text(listen), engine, RealLattice.MODEL, EmbeddedServer.MODEL));
    }

    private static Path gateway(Path folder, List<InetSocketAddress> ports) throws IOException {
        String sites = """
                  - {code: site-1, name: Site, tier: edge, latitude: 48, longitude: 4, nodes: [
                      {code: n1, address: '%s', replicas: [%s]}]}
                """.formatted(FreePorts.text(ports.getFirst()), RealLattice.MODEL);
        return Files.writeString(
                folder.resolve("gateway.yaml"), RealLattice.gatewayFile(ports.get(1), ports.get(2), sites));
    }

    private static void await(InferenceCalls calls) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (String why = calls.tryOnce(); !why.isEmpty(); why = calls.tryOnce()) {
            if (System.nanoTime() > until) {
                throw new IOException("no inference within " + PATIENCE.toSeconds() + " s: " + why);
            }
            LockSupport.parkNanos(200_000_000);
        }
    }
}
