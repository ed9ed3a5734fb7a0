package io.latticeconsole.agent;

import io.grpc.InsecureChannelCredentials;
import io.latticeconsole.agent.config.EngineSection;
import io.latticeconsole.agent.config.NodeFile;
import io.latticeconsole.agent.engine.Engine;
import io.latticeconsole.agent.engine.embedded.EmbeddedEngine;
import io.latticeconsole.agent.engine.oip.OipEngine;
import io.latticeconsole.agent.engine.oip.OipSettings;
import io.latticeconsole.agent.engine.vllm.VllmEngine;
import io.latticeconsole.agent.engine.vllm.VllmSettings;
import io.latticeconsole.server.EventLoops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The engine of an agent's file, and where it is the embedded one what serves it.
record LocalEngine(Engine engine, @Nullable EmbeddedEngine embedded) implements AutoCloseable {
    private static final int MAX_ANSWER_BYTES = 16 << 20;
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

    /// @param serving whether an embedded engine answers direct calls, if the file says where
    /// @throws IOException if the embedded engine cannot be started
    static LocalEngine open(NodeFile file, boolean serving) throws IOException {
        EngineSection said = file.engine();
        return switch (said.kind()) {
            case EMBEDDED -> embedded(said, serving, settings(file));
            case OPEN_INFERENCE -> new LocalEngine(oip(String.valueOf(said.address()), settings(file)), null);
            case VLLM ->
                new LocalEngine(
                        new VllmEngine(VllmSettings.at(URI.create("http://" + said.address()))
                                .withShutdownTimeout(exitTimeout(said, Duration.ZERO))),
                        null);
        };
    }

    private static OipSettings settings(NodeFile file) {
        OipSettings d = OipSettings.DEFAULT;
        return new OipSettings(
                file.served().stream().map(m -> m.engineName()).toList(),
                d.callDeadline(),
                d.loadDeadline(),
                MAX_ANSWER_BYTES,
                exitTimeout(file.engine(), OipSettings.TRITON_EXIT_TIMEOUT));
    }

    private static Duration exitTimeout(EngineSection said, Duration usual) {
        Double seconds = said.exitTimeoutSeconds();
        return seconds == null ? usual : Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static LocalEngine embedded(EngineSection said, boolean serving, OipSettings settings) throws IOException {
        Map<String, Optional<Path>> versions = new HashMap<>();
        said.folders().forEach((version, folder) -> versions.put(version, folder.map(Path::of)));
        InetSocketAddress direct = serving ? said.direct().orElse(null) : null;
        EmbeddedEngine engine = EmbeddedEngine.start(versions, direct, settings.exitTimeout());
        return new LocalEngine(new OipEngine(engine.channel(), settings), engine);
    }

    private static OipEngine oip(String address, OipSettings settings) {
        return new OipEngine(
                EventLoops.channel(address, InsecureChannelCredentials.create())
                        .maxInboundMessageSize(MAX_ANSWER_BYTES)
                        .build(),
                settings);
    }

    /// How long requests in flight have when the agent is told to stop: as long as one may take where the engine goes
    /// on without the agent.
    Duration grace() {
        return embedded == null ? LONGEST_REQUEST : engine.drainEffect().grace();
    }

    /// The most that [#grace] can be.
    static Duration longestGrace(NodeFile file) {
        Duration said = exitTimeout(file.engine(), LONGEST_REQUEST);
        return said.compareTo(LONGEST_REQUEST) > 0 ? said : LONGEST_REQUEST;
    }

    @Override
    public void close() {
        engine.close();
        EmbeddedEngine own = embedded;
        if (own != null) {
            own.close();
        }
    }
}
