package io.latticeconsole.agent;

import io.latticeconsole.agent.config.AgentFile;
import io.latticeconsole.agent.config.DiscoverySection;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.agent.config.NodeFile;
import io.latticeconsole.agent.config.TlsSection;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import io.latticeconsole.agent.discovery.Registrar;
import io.latticeconsole.agent.discovery.Registration;
import io.latticeconsole.agent.gateway.GatewayAgent;
import io.latticeconsole.agent.gateway.GatewaySetup;
import io.latticeconsole.agent.metrics.LatticeMetrics;
import io.latticeconsole.agent.metrics.MachineMetrics;
import io.latticeconsole.agent.metrics.MetricsServer;
import io.latticeconsole.agent.node.NodeAgent;
import io.latticeconsole.agent.node.NodeSetup;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.FreePorts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an agent's file describes, running in this process.
public final class AgentProcess implements AutoCloseable {
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(10);

    private final List<String> lines;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private AgentProcess(List<String> lines) {
        this.lines = new ArrayList<>(lines);
    }

    /// Starts it. @param folder the file's, which names of other files in it are relative to
    ///
    /// @throws IOException naming the address that cannot be listened on, what is wrong in a TLS file, or why
    ///     the embedded engine does not start
    public static AgentProcess start(AgentFile file, Path folder) throws IOException, InterruptedException {
        Protection protection = protection(file, folder);
        return switch (file) {
            case NodeFile node -> node(node, protection, folder);
            case GatewayFile gateway -> gateway(gateway, protection, folder);
        };
    }

    static Protection protection(AgentFile file, Path folder) throws IOException {
        TlsSection tls = file.tls();
        return tls == null
                ? new Protection.Plaintext(Boolean.TRUE.equals(file.plaintext()))
                : new Protection.MutualTls(tls.files(folder).read());
    }

    static @Nullable DiscoverySettings discovery(AgentFile file, Path folder) {
        DiscoverySection said = file.discovery();
        return said == null ? null : said.settings(file.latticeCode(), folder);
    }

    private static AgentProcess node(NodeFile file, Protection protection, Path folder)
            throws IOException, InterruptedException {
        String at = FreePorts.text(file.address());
        AgentProcess process = new AgentProcess(List.of(file.node() + " serves its gateway and inference at " + at));
        LocalEngine engine = LocalEngine.open(file, true);
        process.parts.push(engine);
        try {
            NodeAgent agent = NodeAgent.start(
                    new NodeSetup(
                            "lattices/" + file.lattice(),
                            file.id(),
                            file.address(),
                            engine.engine(),
                            file.served(),
                            file.telemetryOptions(),
                            protection),
                    InstantSource.system());
            process.parts.push(agent);
            process.parts.push(() -> agent.finish(engine.grace()));
            GatewayFile alone = file.ownGateway().orElse(null);
            GatewayAgent gateway = alone == null ? null : process.open(alone, protection, folder);
            process.serveMetrics(file, protection, r -> {
                MachineMetrics.register(r, file.id(), agent::readings);
                if (gateway != null) {
                    register(r, gateway);
                }
            });
            DiscoverySettings discovery = discovery(file, folder);
            if (discovery != null) {
                process.register(file, discovery, agent);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
        return process;
    }

    private static AgentProcess gateway(GatewayFile file, Protection protection, Path folder)
            throws IOException, InterruptedException {
        AgentProcess process = new AgentProcess(List.of());
        GatewayAgent agent = process.open(file, protection, folder);
        try {
            process.serveMetrics(file, protection, r -> register(r, agent));
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
        return process;
    }

    private GatewayAgent open(GatewayFile file, Protection protection, Path folder)
            throws IOException, InterruptedException {
        GatewayAgent agent = GatewayAgent.start(GatewaySetup.of(file, protection, folder), InstantSource.system());
        parts.push(agent);
        lines.add(agent.id() + " serves lattice.v1 at " + FreePorts.text(file.listenAddress()));
        lines.add("and inference at " + FreePorts.text(file.inferenceAddress()));
        return agent;
    }

    private static void register(PrometheusRegistry registry, GatewayAgent agent) {
        LatticeMetrics.nodes(registry, agent::newestValues);
        LatticeMetrics.ledger(registry, agent.id(), agent::newestLedger);
    }

    private void register(NodeFile file, DiscoverySettings discovery, NodeAgent agent) throws IOException {
        String run = UUID.randomUUID().toString();
        parts.push(Registrar.start(
                discovery,
                () -> new Registration(
                        file.node(),
                        "lattices/" + file.lattice(),
                        file.advertised(),
                        run,
                        EndpointInfo.CONTRACT,
                        agent.hardware().map(Registration.Accelerators::of).orElse(null),
                        file.starting(),
                        false),
                agent::isIdle));
        lines.add("and registers as " + file.advertised() + " with etcd at " + discovery.endpoints());
    }

    /// Metrics are served as the rest is: over TLS to who may watch; in plain HTTP on this machine only unless the file
    /// says that plaintext may leave it.
    private void serveMetrics(AgentFile file, Protection protection, Consumer<PrometheusRegistry> register)
            throws IOException {
        InetSocketAddress at = file.metricsAddress().orElse(null);
        if (at == null) {
            return;
        }
        if (protection instanceof Protection.Plaintext(boolean anywhere)
                && !anywhere
                && !at.getAddress().isLoopbackAddress()) {
            throw new IOException(
                    "metrics: " + FreePorts.text(at)
                            + " is not a loopback address; give the file 'tls:', or say 'plaintext: true' if plain HTTP is meant");
        }
        PrometheusRegistry registry = new PrometheusRegistry();
        register.accept(registry);
        boolean secure = protection instanceof Protection.MutualTls;
        parts.push(MetricsServer.start(
                at, registry, protection instanceof Protection.MutualTls(var material) ? material : null));
        lines.add("and metrics at http" + (secure ? "s" : "") + "://" + FreePorts.text(at) + "/metrics");
    }

    /// How long closing what a file describes takes at most.
    public static Duration closesWithin(AgentFile file) {
        return switch (file) {
            case NodeFile node -> CLOSES_WITHIN.plus(LocalEngine.longestGrace(node));
            case GatewayFile _ -> CLOSES_WITHIN;
        };
    }

    /// What it serves and where, for whoever started it.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                System.getLogger(AgentProcess.class.getName())
                        .log(System.Logger.Level.WARNING, "a part did not stop well", e);
            }
        }
    }
}
