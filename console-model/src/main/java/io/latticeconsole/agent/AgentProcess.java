package io.latticeconsole.agent;

import io.latticeconsole.agent.config.AgentFile;
import io.latticeconsole.agent.config.ConfiguredWorld;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.agent.config.NodeFile;
import io.latticeconsole.agent.gateway.GatewayAgent;
import io.latticeconsole.agent.gateway.GatewaySetup;
import io.latticeconsole.agent.node.NodeAgent;
import io.latticeconsole.agent.node.NodeSetup;
import io.latticeconsole.agent.config.TlsSection;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What an agent's file describes, running in this process.
public final class AgentProcess implements AutoCloseable {
    private final List<String> lines;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private AgentProcess(List<String> lines) {
        this.lines = lines;
    }

    /// Starts it. @param folder the file's, which names of other files in it are relative to
    ///
    /// @throws IOException naming the address that cannot be listened on, what is wrong in a TLS file, or why
    ///     the embedded engine does not start
    public static AgentProcess start(AgentFile file, Path folder) throws IOException, InterruptedException {
        Protection protection = protection(file, folder);
        return switch (file) {
            case NodeFile node -> node(node, protection);
            case GatewayFile gateway -> gateway(gateway, protection);
        };
    }

    static Protection protection(AgentFile file, Path folder) throws IOException {
        TlsSection tls = file.tls();
        return tls == null
                ? new Protection.Plaintext(Boolean.TRUE.equals(file.plaintext()))
                : new Protection.MutualTls(tls.files(folder).read());
    }

    private static AgentProcess node(NodeFile file, Protection protection) throws IOException {
        String at = FreePorts.text(file.address());
        AgentProcess process = new AgentProcess(List.of(file.node() + " serves its gateway and inference at " + at));
        LocalEngine engine = LocalEngine.open(file);
        process.parts.push(engine);
        try {
            process.parts.push(NodeAgent.start(
                    new NodeSetup(
                            "lattices/" + file.lattice(),
                            file.id(),
                            file.address(),
                            engine.engine(),
                            file.served(),
                            file.telemetryOptions(),
                            protection),
                    InstantSource.system()));
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
        return process;
    }

    private static AgentProcess gateway(GatewayFile file, Protection protection)
            throws IOException, InterruptedException {
        InetSocketAddress listen = file.listenAddress();
        AgentProcess process = new AgentProcess(List.of(
                "gateways/" + file.region().code() + " serves lattice.v1 at " + FreePorts.text(listen),
                "and inference at " + FreePorts.text(file.inferenceAddress())));
        process.parts.push(GatewayAgent.start(
                new GatewaySetup(ConfiguredWorld.of(file), listen, file.inferenceAddress(), protection),
                InstantSource.system()));
        return process;
    }

    /// What it serves and where, for whoever started it.
    public List<String> lines() {
        return lines;
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
