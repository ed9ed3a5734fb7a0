package io.latticeconsole.agent.engine.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.agent.engine.EngineModel;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.ModelCounts;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.agent.engine.oip.OipEngine;
import io.latticeconsole.agent.engine.oip.OipSettings;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.server.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real engine behind its real server, asked through the client that an agent uses.
class EmbeddedEngineTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private EmbeddedServer server;
    private OipEngine engine;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("corrupt"));
        Files.write(folder.resolve("corrupt/model.onnx"), new byte[] {1, 2, 3});
        version("slow", "delay-ms=300");
        version("wrong", "wrong=true");
        version("failing", "fails=true");
        version("odd", "colour=red");
        Map<String, Optional<Path>> versions = Map.of(
                "1", Optional.empty(),
                "2", Optional.of(folder.resolve("corrupt")),
                "3", Optional.of(folder.resolve("slow")),
                "4", Optional.of(folder.resolve("wrong")),
                "5", Optional.of(folder.resolve("failing")),
                "6", Optional.of(folder.resolve("odd")),
                "7", Optional.of(folder.resolve("absent")));
        server = EmbeddedServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), versions, List.of("1"));
        engine = client(server.port());
    }

    @AfterEach
    void stop() {
        engine.close();
        server.close();
    }

    @Test
    void textsOfLikeMeaningLieCloserThanOthers() throws EngineProblem {
        ModelInferResponse answer = engine.infer(
                request("1", "A cat sits on the mat.", "A kitten rests on a rug.", "Interest rates rose in May."),
                SOON);
        assertEquals(List.of(3L, 384L), answer.getOutputs(0).getShapeList());
        float[][] v = vectors(answer);
        assertEquals(1, dot(v[0], v[0]), 1e-5);
        assertTrue(dot(v[0], v[1]) > 0.5 && dot(v[0], v[2]) < 0.2, () -> dot(v[0], v[1]) + ", " + dot(v[0], v[2]));
    }

    @Test
    void whatTheEngineSaysOfItselfAgrees() throws EngineProblem {
        assertEquals("lattice-embedded", engine.identity().name());
        assertTrue(engine.health().servesTraffic());
        assertEquals(
                List.of("1"),
                engine.models().stream()
                        .filter(m -> m.state() == EngineModel.State.READY)
                        .map(m -> m.model().version())
                        .toList());
    }

    @Test
    void aVersionIsLoadedWarmedAndUnloaded() throws EngineProblem {
        engine.load(model("4"));
        engine.warm(model("4"), request("4", "warm"));
        float[] wrong = vectors(engine.infer(request("4", "same text"), SOON))[0];
        float[] right = vectors(engine.infer(request("1", "same text"), SOON))[0];
        assertEquals(-1, dot(wrong, right), 1e-4);
        engine.unload(model("4"));
        assertEquals(EngineModel.State.UNLOADED, state("4"));
        EngineProblem gone = assertThrows(EngineProblem.class, () -> engine.infer(request("4", "x"), SOON));
        assertEquals(EngineProblem.Kind.NOT_READY, gone.kind());
    }

    @Test
    void aBrokenVersionIsFailedWithItsReasonAndTheOthersServe() throws EngineProblem {
        for (String version : List.of("2", "6", "7")) {
            EngineProblem problem = assertThrows(EngineProblem.class, () -> engine.load(model(version)));
            assertEquals(EngineProblem.Kind.REFUSED, problem.kind(), problem.getMessage());
            assertEquals(EngineModel.State.FAILED, state(version), version);
        }
        assertThrows(EngineProblem.class, () -> engine.load(model("99")));
        engine.warm(model("1"), request("1", "still here"));
    }

    @Test
    void slowAndFailingVersionsAreSoOnPurpose() throws EngineProblem {
        engine.load(model("3"));
        engine.load(model("5"));
        EngineProblem late =
                assertThrows(EngineProblem.class, () -> engine.infer(request("3", "late"), Duration.ofMillis(100)));
        assertEquals(EngineProblem.Kind.TIMED_OUT, late.kind());
        EngineProblem failed = assertThrows(EngineProblem.class, () -> engine.warm(model("5"), request("5", "x")));
        assertEquals(EngineProblem.Kind.GARBAGE, failed.kind());
    }

    @Test
    void countsAreCumulativeAndAddUp() throws EngineProblem {
        ModelCounts before = counts("1");
        for (int i = 0; i < 5; i++) {
            engine.infer(request("1", "text " + i), SOON);
        }
        assertThrows(EngineProblem.class, () -> engine.infer(request("1"), SOON));
        ModelCounts delta = counts("1").since(before);
        assertEquals(5, delta.succeeded().orElseThrow());
        assertEquals(1, delta.failed().orElseThrow());
        long compute = delta.computeNanos().orElseThrow();
        assertTrue(compute > 0 && delta.totalNanos().orElseThrow() >= compute, delta::toString);
    }

    @Test
    void badRequestsAreRefusedWithWhatWasExpected() {
        ModelInferRequest good = request("1", "x");
        for (ModelInferRequest bad : List.of(
                good.toBuilder().clearInputs().build(),
                good.toBuilder()
                        .setInputs(0, good.getInputs(0).toBuilder().setDatatype("FP32"))
                        .build(),
                good.toBuilder()
                        .setInputs(0, good.getInputs(0).toBuilder().setShape(0, 2))
                        .build(),
                good.toBuilder()
                        .addRawInputContents(ByteString.copyFrom(new byte[] {9, 0, 0, 0, 'x'}))
                        .build(),
                good.toBuilder().setModelName("other").build(),
                request("1", "x".repeat(TextTensors.MAX_TEXT_BYTES + 1)))) {
            EngineProblem problem = assertThrows(EngineProblem.class, () -> engine.infer(bad, SOON));
            assertEquals(EngineProblem.Kind.REFUSED, problem.kind(), problem.getMessage());
        }
    }

    @Test
    void withinItsProcessItAnswersOnItsChannelAndAtItsAddressAndClosesAfterTheLastAnswer() throws Exception {
        InetSocketAddress address = FreePorts.take("127.0.0.1", 0, 1).getFirst();
        Map<String, Optional<Path>> versions = Map.of("3", Optional.of(folder.resolve("slow")));
        EmbeddedEngine own = EmbeddedEngine.start(versions, address, SOON);
        try (OipEngine within = new OipEngine(own.channel(), settings());
                OipEngine direct = client(address.getPort())) {
            within.load(model("3"));
            assertEquals(384, vectors(direct.infer(request("3", "hello"), SOON))[0].length);
            assertTrue(within.drainEffect().sentence().contains("5 s"));
            IOException taken = assertThrows(IOException.class, () -> EmbeddedEngine.start(versions, address, SOON));
            assertTrue(String.valueOf(taken.getMessage()).contains(FreePorts.text(address)), taken::toString);
            var slow = within.begin(request("3", "the last one"), SOON);
            within.identity(); // came after it
            own.close();
            assertEquals(384, vectors(slow.join())[0].length);
            assertThrows(EngineProblem.class, within::identity);
            assertThrows(EngineProblem.class, direct::identity);
        }
    }

    private void version(String name, String properties) throws IOException {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve("exercise.properties"), properties);
    }

    private static OipSettings settings() {
        return new OipSettings(List.of(), SOON, SOON, 16 << 20, Duration.ofSeconds(5));
    }

    private static OipEngine client(int port) {
        return new OipEngine(
                NettyChannelBuilder.forAddress(InetAddress.getLoopbackAddress().getHostAddress(), port)
                        .usePlaintext()
                        .build(),
                settings());
    }

    private static ModelVersion model(String version) {
        return new ModelVersion(EmbeddedServer.MODEL, version);
    }

    private EngineModel.State state(String version) throws EngineProblem {
        return engine.models().stream()
                .filter(m -> m.model().version().equals(version))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private ModelCounts counts(String version) throws EngineProblem {
        return engine.statistics().models().stream()
                .filter(c -> c.model().version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    private static ModelInferRequest request(String version, String... texts) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder()
                .setModelName(EmbeddedServer.MODEL)
                .setModelVersion(version);
        var input =
                request.addInputsBuilder().setName("text").setDatatype("BYTES").addShape(texts.length);
        for (String text : texts) {
            input.getContentsBuilder().addBytesContents(ByteString.copyFromUtf8(text));
        }
        return request.build();
    }

    private static float[][] vectors(ModelInferResponse answer) {
        int rows = (int) answer.getOutputs(0).getShape(0);
        int columns = (int) answer.getOutputs(0).getShape(1);
        var floats = answer.getRawOutputContents(0)
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[][] vectors = new float[rows][columns];
        for (float[] vector : vectors) {
            floats.get(vector);
        }
        return vectors;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
