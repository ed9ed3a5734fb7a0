package io.latticeconsole.app.bench.real;

import io.latticeconsole.agent.bench.InferenceCalls;
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
import java.util.concurrent.locks.LockSupport;

/// What a request pays for going through gateway and agent, against the same engine called directly, in turn: the
/// agent's embedded engine, and for comparison the same one behind another agent, in a process of its own.
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

    /// The model's name at the agent whose engine is another process.
    private static final String APART = "minilm-apart";

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

    /// A request to the engine itself, and the same one through gateway and agent.
    private record Ways(InferenceCalls direct, InferenceCalls routed) implements AutoCloseable {
        static Ways of(String engine, String gateway, String model, String text) {
            return new Ways(
                    new InferenceCalls(engine, EmbeddedServer.MODEL, text), new InferenceCalls(gateway, model, text));
        }

        void await() throws IOException {
            GatewayBench.await(routed);
            GatewayBench.await(direct);
        }

        void warmUp(int times) throws Exception {
            for (int i = 0; i < times; i++) {
                direct.perSecond(CALLERS, SECONDS);
                routed.perSecond(CALLERS, SECONDS);
            }
        }

        @Override
        public void close() {
            direct.close();
            routed.close();
        }
    }

    /// Measures and prints one JSON line; figures are medians of the rounds.
    public static void run(PrintWriter out) throws Exception {
        List<InetSocketAddress> ports = FreePorts.take("127.0.0.1", 0, 5);
        Path folder = Files.createTempDirectory("gateway-bench-");
        String engine = FreePorts.text(ports.get(3));
        String inference = FreePorts.text(ports.get(2));
        String within = "{kind: embedded, versions: {v1: bundled}, address: '" + engine + "'}";
        String apart = "{kind: open-inference, address: '" + engine + "'}";
        try (ChildJvm _ = RealLattice.agent(node(folder, "n1", ports.getFirst(), within, RealLattice.MODEL));
                ChildJvm _ = RealLattice.agent(node(folder, "n2", ports.get(4), apart, APART));
                ChildJvm _ = RealLattice.agent(gateway(folder, ports));
                Ways sentences = Ways.of(engine, inference, RealLattice.MODEL, SENTENCE);
                Ways passages = Ways.of(engine, inference, RealLattice.MODEL, PASSAGE);
                Ways apartSentences = Ways.of(engine, inference, APART, SENTENCE)) {
            sentences.await();
            sentences.warmUp(WARM_UPS);
            measure(sentences, passages, apartSentences, out);
        }
    }

    private static void measure(Ways sentences, Ways passages, Ways apart, PrintWriter out) throws Exception {
        double[][] rates = rates(CALLERS, sentences);
        double[][] saturated = rates(MANY_CALLERS, sentences);
        double[][] ofPassages = rates(CALLERS, passages);
        double rate = LOAD * Figures.median(rates[1]);
        double[][] p50 = new double[2][ROUNDS];
        double[][] p99 = new double[2][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double[] a = sentences.direct.latencies(rate, SECONDS);
            double[] b = sentences.routed.latencies(rate, SECONDS);
            p50[0][round] = Figures.median(a);
            p50[1][round] = Figures.median(b);
            p99[0][round] = Figures.quantile(a, 0.99);
            p99[1][round] = Figures.quantile(b, 0.99);
        }
        apart.await();
        apart.warmUp(WARM_UPS / 2);
        double[][] ofApart = rates(CALLERS, apart);
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
                .put("passage_throughput_ratio", ratio(ofPassages))
                .put("passage_direct_per_second", Figures.median(ofPassages[0]))
                .put("passage_routed_per_second", Figures.median(ofPassages[1]))
                .put("engine_apart_throughput_ratio", ratio(ofApart))
                .put("engine_apart_direct_per_second", Figures.median(ofApart[0]))
                .put("engine_apart_routed_per_second", Figures.median(ofApart[1]))
                .put("callers", CALLERS)
                .put("rounds", ROUNDS)
                .put("warm_up_seconds", 2 * WARM_UPS * SECONDS)
                .putMachine()
                .line());
        out.flush();
    }

    /// Requests a second, direct and routed, in turn.
    private static double[][] rates(int callers, Ways ways) throws Exception {
        double[][] rates = new double[2][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rates[0][round] = ways.direct.perSecond(callers, SECONDS);
            rates[1][round] = ways.routed.perSecond(callers, SECONDS);
        }
        return rates;
    }

    private static double ratio(double[][] rates) {
        return Figures.median(rates[1]) / Figures.median(rates[0]);
    }

    private static Path node(Path folder, String code, InetSocketAddress listen, String engine, String model)
            throws IOException {
        return Files.writeString(folder.resolve(code + ".yaml"), """
                role: node
                lattice: bench
                node: regions/eu/sites/site-1/nodes/%s
                listen: %s
                engine: %s
                models: [{code: %s, engine-name: %s}]
                """.formatted(
                        code, FreePorts.text(listen), engine, model, EmbeddedServer.MODEL));
    }

    private static Path gateway(Path folder, List<InetSocketAddress> ports) throws IOException {
        String sites =
                """
                  - {code: site-1, name: Site, tier: edge, latitude: 48, longitude: 4, nodes: [
                      {code: n1, address: '%s', replicas: [%s]},
                      {code: n2, address: '%s', replicas: [%s]}]}
                """.formatted(FreePorts.text(ports.getFirst()), RealLattice.MODEL, FreePorts.text(ports.get(4)), APART);
        return Files.writeString(
                folder.resolve("gateway.yaml"),
                RealLattice.gatewayFile(ports.get(1), ports.get(2), List.of(RealLattice.MODEL, APART), sites));
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
