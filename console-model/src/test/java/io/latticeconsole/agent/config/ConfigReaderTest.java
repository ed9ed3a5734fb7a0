package io.latticeconsole.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file is read whole or refused with the line and the field of what is wrong.
class ConfigReaderTest {
    private static final String NODE = """
            # the machine in the back room
            role: node
            lattice: office
            node: regions/eu/sites/par-1/nodes/n1
            listen: 127.0.0.1:7701
            telemetry: {accelerators: nvidia-smi}
            engine:
              kind: embedded
              versions: {v1: bundled, v2: /models/two}
            models:
              - {code: minilm, engine-name: all-minilm-l6-v2}
            """;
    private static final String GATEWAY = """
            role: gateway
            lattice: {code: office, name: Office}
            listen: 127.0.0.1:7443
            inference: 127.0.0.1:7500
            region: {code: eu, name: Europe, latitude: 48.9, longitude: 2.3}
            sites:
              - code: par-1
                name: Paris
                tier: edge
                latitude: 48.9
                longitude: 2.3
                nodes:
                  - {code: n1, address: '127.0.0.1:7701', memory-gib: 8, replicas: [minilm]}
                  - code: n2
                    address: 127.0.0.1:7702
                    accelerators: {count: 2, product: NVIDIA L4, memory-gib: 24, power-limit-watts: 72}
            models:
              - {code: minilm, version: v1, service-ms: 8, size-mb: 23, objective: {metric: e2e, p95-ms: 200}}
            """;

    private static final String PEERS = GATEWAY + """
            coordinator: us
            peers:
              - region: {code: us, name: America, latitude: 40.7, longitude: -74}
                address: 10.0.0.9:7443
                sites:
                  - {code: nyc-1, name: New York, tier: metro, latitude: 40.7, longitude: -74}
            """;
    private static final String ALONE = """
            gateway:
              listen: 127.0.0.1:7443
              inference: 127.0.0.1:7500
              latitude: 48.9
              longitude: 2.3
              models:
                - {code: minilm, version: v1, service-ms: 8, size-mb: 23, objective: {metric: e2e, p95-ms: 200}}
            """;

    @TempDir
    Path folder;

    private AgentFile read(String text) throws IOException, ConfigProblem {
        return ConfigReader.read(Files.writeString(folder.resolve("agent.yaml"), text));
    }

    @Test
    void aNodesFileIsRead() throws Exception {
        NodeFile file = (NodeFile) read(NODE);
        assertEquals("regions/eu/sites/par-1/nodes/n1", file.id().name());
        assertEquals(7701, file.address().getPort());
        assertEquals(
                Map.of("v1", Optional.empty(), "v2", Optional.of("/models/two")),
                file.engine().folders());
        assertEquals("all-minilm-l6-v2", file.served().getFirst().engineName());
    }

    @Test
    void aGatewaysFileDescribesItsLattice() throws Exception {
        WorldSpec world = ConfiguredWorld.of((GatewayFile) read(GATEWAY));
        assertEquals(2, world.nodes().size());
        assertEquals(1, world.nodes().getFirst().replicas().size());
        assertEquals("CPU", world.nodes().getFirst().nodeClass().type().product());
        assertEquals(2, world.nodes().get(1).nodeClass().count());
        assertTrue(Double.isNaN(world.sites().getFirst().powerCapWatts()), "a cap that nobody told is not known");
        assertEquals(144 + 156, world.nodes().get(1).nodeClass().maxWatts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "role: node          | role: knot          | 2  | role: found 'knot'",
                "listen: 127         | lisen: 127          | 5  | lisen: is not a key here; expected one of discovery, engine",
                "127.0.0.1:7701      | 127.0.0.1:77010     | 5  | listen: found '127.0.0.1:77010', expected host:port",
                "kind: embedded      | kind: embeded       | 8  | engine.kind: found 'embeded', expected one of embedded",
                "engine-name: all    | engin-name: all     | 11 | models[0].engin-name: is not a key here",
                "code: minilm,       | \"code: Mini LM,\" | 11 | models[0].code: found 'Mini LM'",
                "node: regions       | node: region        | 4  | node: found",
                "accelerators: nvidia-smi | accelerators: amd-smi | 6 | telemetry.accelerators: found 'amd-smi'",
                "lattice: office     | \"role: node\"      | 3  | Duplicate",
                "kind: embedded      | kind: vllm          | 7  | engine.address: found 'none'"
            })
    void aFaultInANodesFileIsNamedByLineAndField(String good, String bad, int line, String said) {
        assertProblem(NODE.replace(good.strip(), bad.strip()), line, said);
    }

    @Test
    void theEmbeddedEngineListensOnLoopbackOnly() throws Exception {
        String direct = "address: %s\n  versions";
        NodeFile file = (NodeFile) read(NODE.replace("versions", direct.formatted("127.0.0.1:8001")));
        assertEquals(8001, file.engine().direct().orElseThrow().getPort());
        for (String beyond : List.of("10.0.0.7:8001", "0.0.0.0:8001")) {
            assertProblem(
                    NODE.replace("versions", direct.formatted(beyond)),
                    9,
                    "engine.address: found '" + beyond + "', expected an address of loopback");
        }
    }

    @Test
    void aGatewayKnowsItsPeersPlacesAndTheCoordinator() throws Exception {
        GatewayFile file = (GatewayFile) read(PEERS);
        WorldSpec world = ConfiguredWorld.of(file);
        assertEquals(
                List.of("regions/eu", "regions/us"),
                world.regions().stream().map(r -> r.id().name()).toList());
        assertEquals(1, world.coordinatorRegion());
        assertEquals("regions/us/sites/nyc-1", world.sites().get(1).id().name());
        assertEquals(2, world.nodes().size());
        assertEquals("10.0.0.9:7443", file.others().getFirst().address());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.9:7443       | 10.0.0.9            | 22 | peers[0].address: found '10.0.0.9', expected host:port",
                "code: us            | code: eu            | 21 | peers[0].region.code: found 'eu'",
                "code: nyc-1         | code: par-1         | 24 | peers[0].sites[0].code: found 'par-1'",
                "coordinator: us     | coordinator: asia   | 19 | coordinator: found 'asia', expected one of",
                "coordinator: us     | ownership-term: 0   | 19 | ownership-term: found '0'"
            })
    void aFaultAmongPeersIsNamedByLineAndField(String good, String bad, int line, String said) {
        String text = PEERS.replace(good.strip(), bad.strip());
        assertProblem(bad.startsWith("ownership") ? text + "coordinator: us\n" : text, line, said);
    }

    @Test
    void withPeersACoordinatorHasToBeNamed() {
        ConfigProblem problem = assertThrows(ConfigProblem.class, () -> read(PEERS.replace("coordinator: us\n", "")));
        assertTrue(problem.getMessage().contains("coordinator: found 'none', expected one of the regions [eu, us]"));
    }

    @Test
    void aNodeMayBeALatticeOfItsOwn() throws Exception {
        NodeFile node = (NodeFile) read(NODE + ALONE);
        GatewayFile own = node.ownGateway().orElseThrow();
        WorldSpec world = ConfiguredWorld.of(own);
        assertEquals(node.id(), world.nodes().getFirst().id());
        assertEquals("127.0.0.1:7701", world.nodes().getFirst().address());
        assertEquals("minilm-1", world.nodes().getFirst().replicas().getFirst().code());
        assertEquals(7443, own.listenAddress().getPort());
        assertTrue(((NodeFile) read(NODE)).ownGateway().isEmpty());
        assertProblem(NODE + ALONE.replace("code: minilm", "code: other"), 18, "gateway.models[0].code: found 'other'");
        assertProblem(NODE + ALONE.replace("listen:", "lisen:"), 13, "gateway.lisen: is not a key here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: [minilm]  | replicas: [other]   | 13 | sites[0].nodes[0].replicas[0]: found 'other'",
                "tier: edge          | tier: cellar        | 9  | sites[0].tier: found 'cellar', expected one of regional",
                "latitude: 48.9      | latitude: 148.9     | 5  | latitude: found '148.9', expected -90 to 90 degrees",
                "code: n2            | code: n1            | 14 | nodes[1].code: found 'n1', expected each code once",
                "count: 2            | count: two          | 16 | count",
                "size-mb: 23         | size-mb: 900000     | 13 | what fits into the memory of 1 × CPU",
                "service-ms: 8       | service-ms: 0       | 18 | service-ms: found '0'",
                "memory-gib: 8       | memory-gib: -1      | 13 | memory-gib: found '-1'"
            })
    void aFaultInAGatewaysFileIsNamedByLineAndField(String good, String bad, int line, String said) {
        assertProblem(GATEWAY.replace(good.strip(), bad.strip()), line, said);
    }

    @Test
    void aSectionDiscoveryIsRead() throws Exception {
        NodeFile node =
                (NodeFile) read(NODE + "discovery: {endpoints: ['http://127.0.0.1:2379'], replicas: [minilm]}\n");
        assertEquals("127.0.0.1:7701", node.advertised());
        assertEquals(List.of("minilm"), node.starting());
        GatewayFile gateway = (GatewayFile) read(GATEWAY + "discovery: {endpoints: ['https://etcd.example:2379']}\n");
        DiscoverySection said = Objects.requireNonNull(gateway.discovery());
        assertEquals(
                "/lattices/office/",
                said.settings(gateway.latticeCode(), folder).prefix());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'127.0.0.1:2379'                         | endpoints[0]: found '127.0.0.1:2379', expected such as",
                "'http://10.0.0.1:2379'                   | endpoints: found '[http://10.0.0.1:2379]', expected https",
                "'http://127.0.0.1:2379'], ttl-seconds: [1 | ttl-seconds",
                "'http://127.0.0.1:2379'], prefix: [x     | prefix",
                "'http://127.0.0.1:2379'], nodes: [x      | nodes: is not a key here"
            })
    void aFaultInTheSectionDiscoveryIsNamed(String endpoints, String said) {
        assertProblem(NODE + "discovery: {endpoints: [" + endpoints.strip() + "]}\n", 12, "discovery." + said);
    }

    @Test
    void whoListensEverywhereHasToSayWhereItIs() {
        String text = NODE.replace("listen: 127.0.0.1:7701", "listen: 0.0.0.0:7701");
        assertProblem(
                text + "discovery: {endpoints: ['http://127.0.0.1:2379']}\n", 12, "discovery.address: found 'none'");
        assertProblem(
                GATEWAY + "discovery: {endpoints: ['http://127.0.0.1:2379'], ttl-seconds: 5}\n",
                19,
                "discovery.ttl-seconds: found 'a value', expected none");
    }

    private void assertProblem(String text, int line, String said) {
        ConfigProblem problem = assertThrows(ConfigProblem.class, () -> read(text));
        assertTrue(problem.getMessage().contains("agent.yaml, line " + line + ":"), problem.getMessage());
        assertTrue(problem.getMessage().contains(said), problem.getMessage());
    }

    /// Whatever a slip of the hand makes of a file, it is read or refused in a sentence; nothing else happens.
    @Test
    void noSlipOfTheHandBreaksTheReader() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? NODE : GATEWAY);
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, (char) (32 + random.nextInt(95)));
                    default -> text.setCharAt(at, "\n:{}[]'\"-#&*!|>%@`0".charAt(random.nextInt(19)));
                }
            }
            try {
                read(text.toString());
            } catch (ConfigProblem problem) {
                assertTrue(problem.getMessage()
                        .startsWith(folder.resolve("agent.yaml").toString()));
            }
        }
    }
}
