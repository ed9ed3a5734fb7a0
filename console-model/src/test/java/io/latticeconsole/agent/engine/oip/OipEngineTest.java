package io.latticeconsole.agent.engine.oip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.latticeconsole.agent.engine.EngineModel;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.EngineProblem.Kind;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.proto.inference.ModelInferRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client against a server that answers with bytes written down by hand, so that both flavours, lies and rubbish
/// are on the wire as foreign engines would put them.
class OipEngineTest {
    private static final ModelVersion MODEL = new ModelVersion("m", "1");
    private final ForeignEngine foreign = new ForeignEngine();
    private final OipEngine engine;

    @AfterEach
    void stop() throws InterruptedException {
        engine.close();
        foreign.close();
    }

    @Test
    void tritonIsToldTheModelInItsSecondField() throws Exception {
        foreign.answers("ServerMetadata", metadata("triton", "statistics", "model_repository"));
        foreign.answers("RepositoryModelLoad", new byte[0]);
        foreign.answers("ModelReady", new byte[] {8, 1});
        engine.load(MODEL);
        assertEquals("12016d", HexFormat.of().formatHex(foreign.asked("RepositoryModelLoad")));
    }

    @Test
    void kserveIsToldTheModelInItsFirstFieldAndItsDenialIsHeard() throws Exception {
        foreign.answers("ServerMetadata", metadata("kserve", "model_repository_extension"));
        foreign.answers("RepositoryModelLoad", HexFormat.of().parseHex("0a016d1001"));
        foreign.answers("RepositoryModelUnload", HexFormat.of().parseHex("0a016d"));
        foreign.answers("ModelReady", new byte[] {8, 1});
        foreign.answers("ModelMetadata", HexFormat.of().parseHex("0a016d"));
        engine.load(MODEL);
        assertEquals("0a016d", HexFormat.of().formatHex(foreign.asked("RepositoryModelLoad")));
        assertProblem(Kind.REFUSED, () -> engine.unload(MODEL));
        assertEquals(List.of(new EngineModel(new ModelVersion("m", ""), EngineModel.State.READY, "")), engine.models());
    }

    @Test
    void anEngineWithoutARepositorySaysSoAndIsNotAsked() throws Exception {
        foreign.answers("ServerMetadata", metadata("plain"));
        assertProblem(Kind.UNSUPPORTED, () -> engine.load(MODEL));
        assertProblem(Kind.UNSUPPORTED, () -> engine.statistics());
        assertNull(foreign.asked("RepositoryModelLoad"));
    }

    @Test
    void anEngineThatLiesAboutReadinessIsDoubted() throws Exception {
        foreign.answers("ServerMetadata", metadata("triton", "model_repository"));
        foreign.answers("ServerLive", new byte[] {8, 1});
        foreign.answers("ServerReady", new byte[] {8, 1});
        foreign.answers("ModelReady", new byte[0]);
        foreign.answers("RepositoryIndex", HexFormat.of().parseHex("0a0d0a016d1201311a055245414459"));
        foreign.answers("RepositoryModelLoad", new byte[0]);
        assertEquals(1, engine.health().doubts().size());
        assertFalse(engine.health().servesTraffic());
        assertProblem(Kind.NOT_READY, () -> engine.load(MODEL));
    }

    @Test
    void anEngineThatHangsCostsItsDeadline() throws Exception {
        foreign.hangsAt("ServerMetadata");
        assertProblem(Kind.TIMED_OUT, () -> engine.identity());
    }

    @Test
    void rubbishAndHugeAnswersAreTold() throws Exception {
        foreign.answers("ServerMetadata", new byte[] {(byte) 0xff, 1, 2});
        assertProblem(Kind.GARBAGE, () -> engine.identity());
        foreign.answers("ServerMetadata", new byte[2 << 20]);
        assertProblem(Kind.OVERSIZED, () -> engine.identity());
        // One FP32 output of shape [2] with three bytes.
        foreign.answers("ModelInfer", infer("FP32", 2, new byte[3]));
        assertProblem(Kind.GARBAGE, () -> engine.infer(ModelInferRequest.getDefaultInstance(), SOON));
        foreign.answers("ModelInfer", infer("FP32", Long.MAX_VALUE, new byte[4]));
        assertProblem(Kind.GARBAGE, () -> engine.infer(ModelInferRequest.getDefaultInstance(), SOON));
        foreign.answers("ModelInfer", infer("FP32", 2, new byte[8]));
        assertEquals(
                1, engine.infer(ModelInferRequest.getDefaultInstance(), SOON).getOutputsCount());
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() throws Exception {
        foreign.close();
        assertProblem(Kind.UNREACHABLE, () -> engine.identity());
    }

    private static final Duration SOON = Duration.ofSeconds(5);

    private interface Order {
        void now() throws EngineProblem;
    }

    private static void assertProblem(Kind kind, Order ask) {
        EngineProblem problem = assertThrows(EngineProblem.class, ask::now);
        assertEquals(kind, problem.kind(), problem.getMessage());
        assertTrue(String.valueOf(problem.getMessage()).startsWith("the engine at 127.0.0.1:"), problem.getMessage());
    }

    private static byte[] metadata(String name, String... extensions) {
        return io.latticeconsole.proto.inference.ServerMetadataResponse.newBuilder()
                .setName(name)
                .addAllExtensions(List.of(extensions))
                .build()
                .toByteArray();
    }

    private static byte[] infer(String type, long elements, byte[] raw) {
        var answer = io.latticeconsole.proto.inference.ModelInferResponse.newBuilder();
        answer.addOutputsBuilder().setName("y").setDatatype(type).addShape(elements);
        return answer.addRawOutputContents(ByteString.copyFrom(raw)).build().toByteArray();
    }

    OipEngineTest() throws IOException {
        OipSettings settings =
                new OipSettings(List.of("m"), Duration.ofMillis(1500), SOON, 1 << 20, Duration.ofSeconds(30));
        engine = foreign.client(settings);
    }
}
