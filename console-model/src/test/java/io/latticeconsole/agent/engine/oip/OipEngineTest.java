package io.latticeconsole.agent.engine.oip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.latticeconsole.agent.engine.EngineModel;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.engine.EngineProblem.Kind;
import io.latticeconsole.agent.engine.ModelVersion;
import io.latticeconsole.proto.inference.ModelInferRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client against a server that answers with bytes written down by hand, so that both flavours, lies and rubbish
/// are on the wire as foreign engines would put them.
class OipEngineTest {
    private static final String SERVICE = "inference.GRPCInferenceService";
    private static final ModelVersion MODEL = new ModelVersion("m", "1");
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> asked = new ConcurrentHashMap<>();
    private final Server server;
    private final OipEngine engine;
    private volatile String hangs = "";

    @AfterEach
    void stop() {
        engine.close();
        server.shutdownNow();
    }

    @Test
    void tritonIsToldTheModelInItsSecondField() throws Exception {
        answers.put("ServerMetadata", metadata("triton", "statistics", "model_repository"));
        answers.put("RepositoryModelLoad", new byte[0]);
        answers.put("ModelReady", new byte[] {8, 1});
        engine.load(MODEL);
        assertEquals("12016d", HexFormat.of().formatHex(asked.get("RepositoryModelLoad")));
    }

    @Test
    void kserveIsToldTheModelInItsFirstFieldAndItsDenialIsHeard() throws Exception {
        answers.put("ServerMetadata", metadata("kserve", "model_repository_extension"));
        answers.put("RepositoryModelLoad", HexFormat.of().parseHex("0a016d1001"));
        answers.put("RepositoryModelUnload", HexFormat.of().parseHex("0a016d"));
        answers.put("ModelReady", new byte[] {8, 1});
        answers.put("ModelMetadata", HexFormat.of().parseHex("0a016d"));
        engine.load(MODEL);
        assertEquals("0a016d", HexFormat.of().formatHex(asked.get("RepositoryModelLoad")));
        assertProblem(Kind.REFUSED, () -> engine.unload(MODEL));
        assertEquals(List.of(new EngineModel(new ModelVersion("m", ""), EngineModel.State.READY, "")), engine.models());
    }

    @Test
    void anEngineWithoutARepositorySaysSoAndIsNotAsked() throws Exception {
        answers.put("ServerMetadata", metadata("plain"));
        assertProblem(Kind.UNSUPPORTED, () -> engine.load(MODEL));
        assertProblem(Kind.UNSUPPORTED, () -> engine.statistics());
        assertFalse(asked.containsKey("RepositoryModelLoad"));
    }

    @Test
    void anEngineThatLiesAboutReadinessIsDoubted() throws Exception {
        answers.put("ServerMetadata", metadata("triton", "model_repository"));
        answers.put("ServerLive", new byte[] {8, 1});
        answers.put("ServerReady", new byte[] {8, 1});
        answers.put("ModelReady", new byte[0]);
        answers.put("RepositoryIndex", HexFormat.of().parseHex("0a0d0a016d1201311a055245414459"));
        answers.put("RepositoryModelLoad", new byte[0]);
        assertEquals(1, engine.health().doubts().size());
        assertFalse(engine.health().servesTraffic());
        assertProblem(Kind.NOT_READY, () -> engine.load(MODEL));
    }

    @Test
    void anEngineThatHangsCostsItsDeadline() throws Exception {
        hangs = "ServerMetadata";
        assertProblem(Kind.TIMED_OUT, () -> engine.identity());
    }

    @Test
    void rubbishAndHugeAnswersAreTold() throws Exception {
        answers.put("ServerMetadata", new byte[] {(byte) 0xff, 1, 2});
        assertProblem(Kind.GARBAGE, () -> engine.identity());
        answers.put("ServerMetadata", new byte[2 << 20]);
        assertProblem(Kind.OVERSIZED, () -> engine.identity());
        // One FP32 output of shape [2] with three bytes.
        answers.put("ModelInfer", infer("FP32", 2, new byte[3]));
        assertProblem(Kind.GARBAGE, () -> engine.infer(ModelInferRequest.getDefaultInstance(), SOON));
        answers.put("ModelInfer", infer("FP32", Long.MAX_VALUE, new byte[4]));
        assertProblem(Kind.GARBAGE, () -> engine.infer(ModelInferRequest.getDefaultInstance(), SOON));
        answers.put("ModelInfer", infer("FP32", 2, new byte[8]));
        assertEquals(
                1, engine.infer(ModelInferRequest.getDefaultInstance(), SOON).getOutputsCount());
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() throws Exception {
        server.shutdownNow().awaitTermination();
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
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(SERVICE);
        for (String method : List.of(
                "ServerLive",
                "ServerReady",
                "ServerMetadata",
                "ModelReady",
                "ModelMetadata",
                "ModelInfer",
                "RepositoryIndex",
                "RepositoryModelLoad",
                "RepositoryModelUnload")) {
            service.addMethod(bytes(method));
        }
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(service.build())
                .build()
                .start();
        OipSettings settings =
                new OipSettings(List.of("m"), Duration.ofMillis(1500), SOON, 1 << 20, Duration.ofSeconds(30));
        engine = new OipEngine(
                NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                        .usePlaintext()
                        .build(),
                settings);
    }

    private ServerMethodDefinition<byte[], byte[]> bytes(String method) {
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(SERVICE + "/" + method)
                .setRequestMarshaller(new AsIs())
                .setResponseMarshaller(new AsIs())
                .build();
        return ServerMethodDefinition.create(descriptor, ServerCalls.asyncUnaryCall((request, to) -> {
            asked.put(method, request);
            byte[] answer = answers.get(method);
            if (hangs.equals(method)) {
                return;
            }
            if (answer != null) {
                to.onNext(answer);
                to.onCompleted();
            } else {
                to.onError(io.grpc.Status.UNIMPLEMENTED.asException());
            }
        }));
    }

    private static final class AsIs implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException bad) {
                throw new UncheckedIOException(bad);
            }
        }
    }
}
