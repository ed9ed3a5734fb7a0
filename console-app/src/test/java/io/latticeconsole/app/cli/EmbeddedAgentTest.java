package io.latticeconsole.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.agent.AgentProcess;
import io.latticeconsole.agent.bench.InferenceCalls;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.server.FreePorts;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent on the console's class path, which has nothing of what the embedded engine is made of.
class EmbeddedAgentTest {
    @Test
    @Timeout(120)
    void theEmbeddedEngineComesFromAFolderAndServes(@TempDir Path folder) throws Exception {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("ai.onnxruntime.OrtEnvironment"));
        List<String> ports = FreePorts.take("127.0.0.1", 0, 4).stream()
                .map((InetSocketAddress p) -> FreePorts.text(p))
                .toList();
        Path file = Files.writeString(folder.resolve("alone.yaml"), """
                role: node
                lattice: office
                node: regions/eu/sites/par-1/nodes/n1
                listen: %s
                engine: {kind: embedded, versions: {v1: bundled}, address: '%s'}
                models: [{code: minilm, engine-name: all-minilm-l6-v2}]
                gateway:
                  listen: %s
                  inference: %s
                  latitude: 48.9
                  longitude: 2.3
                  models:
                    - {code: minilm, version: v1, service-ms: 8, size-mb: 23, objective: {metric: e2e, p95-ms: 200}}
                """.formatted(ports.toArray()));
        try (AgentProcess _ = AgentProcess.start(ConfigReader.read(file), folder);
                InferenceCalls routed = new InferenceCalls(ports.get(3), "minilm", "a lattice");
                InferenceCalls direct = new InferenceCalls(ports.get(1), "all-minilm-l6-v2", "a lattice")) {
            String why = routed.tryOnce();
            while (why.contains("is ready anywhere")) {
                why = routed.tryOnce();
            }
            assertEquals("", why);
            assertEquals("", direct.tryOnce());
            assertTrue(routed.perSecond(4, 1) > 0);
        }
    }

    @Test
    @Timeout(120)
    void nativesThatCannotBeLoadedAreNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("node.yaml"), """
                role: node
                lattice: office
                node: regions/eu/sites/par-1/nodes/n1
                listen: 127.0.0.1:7701
                engine: {kind: embedded, versions: {v1: bundled}}
                models: [{code: minilm, engine-name: all-minilm-l6-v2}]
                """);
        Path absent = folder.resolve("absent");
        Process check = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Donnxruntime.native.path=" + absent,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "io.latticeconsole.app.Main",
                        "agent",
                        "check",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, check.waitFor(), said);
        assertTrue(said.contains("the embedded engine does not start: "), said);
        assertTrue(said.contains(absent.resolve("libonnxruntime.so").toString()), said);
    }
}
