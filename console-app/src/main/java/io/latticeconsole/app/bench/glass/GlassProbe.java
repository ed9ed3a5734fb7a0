package io.latticeconsole.app.bench.glass;

import io.latticeconsole.app.ConsoleOptions;
import io.latticeconsole.app.ConsoleSession;
import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.app.bench.Pipeline;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.exercise.Fault;
import io.latticeconsole.exercise.FaultKind;
import io.latticeconsole.exercise.FaultSpec;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.SeenEvent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The console of [GlassBench]: crashes one node after another through the contract and looks for each cross on the
/// screen. Arguments: a gateway's address and the number of crashes.
public final class GlassProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private GlassProbe() {}

    public static void main(String[] args) throws Exception {
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        ConsoleOptions options =
                new ConsoleOptions(List.of(args[0]), Optional.empty(), Theme.NIGHT, "bench", 1920, 1080);
        double[] millis = new double[Integer.parseInt(args[1])];
        try (ConsoleSession session = ConsoleSession.open(options)) {
            session.awaitLive(PATIENCE);
            session.awaitDrawn(PATIENCE);
            // The first look at a screen loads what can look; that is no part of what is measured.
            var _ = session.seen(next(session.state(), 0), false).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (int i = 0; i < millis.length; i++) {
                millis[i] = crash(session, next(session.state(), i));
            }
        }
        out.println(new Figures("glass")
                .put("crashes", millis.length)
                .put("p50_ms", Figures.median(millis))
                .put("p99_ms", Figures.quantile(millis, 0.99))
                .put("max_ms", Figures.quantile(millis, 1))
                .put("pipeline", Pipeline.name())
                .putMachine()
                .line());
        Fx.exit();
    }

    /// From the wall time that the gateway wrote into its NODE_DOWN to the cross on the screen.
    private static double crash(ConsoleSession session, NodeId node) throws Exception {
        CompletableFuture<Instant> crossed = session.seen(node, true);
        FaultSpec crash = new FaultSpec(FaultKind.NODE_CRASH, List.of(node), 0, 0, 0, 0, "");
        Fault fault = session.orders().inject(crash).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Instant seen = crossed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Instant told = toldDown(session.state(), node);
        CompletableFuture<Instant> whole = session.seen(node, false);
        var _ = session.orders().clear(fault.name()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        var _ = whole.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return Duration.between(told, seen).toNanos() / 1e6;
    }

    private static Instant toldDown(ConsoleState state, NodeId node) throws IOException {
        return state.events().reversed().stream()
                .map(SeenEvent::event)
                .filter(e -> e.type().equals("NODE_DOWN") && e.subject().equals(node.name()))
                .findFirst()
                .orElseThrow(() -> new IOException(node + " is crossed without an event that says so"))
                .wallTime();
    }

    /// Another node each time, among those that serve.
    private static NodeId next(ConsoleState state, int turn) {
        List<NodeId> serving = state.lattice().nodes().values().stream()
                .filter(n -> n.health() == Health.UP && n.adminState() == AdminState.SERVING)
                .map(Node::id)
                .sorted()
                .toList();
        return serving.get(turn * 7 % serving.size());
    }
}
