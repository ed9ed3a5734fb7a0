package io.latticeconsole.agent.engine.oip;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.RepositoryIndexResponse;
import io.latticeconsole.proto.inference.ServerMetadataResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A server of the Open Inference Protocol that answers each method with bytes written down by hand, as engines of
/// others may: truths, lies, rubbish, nothing.
public final class ForeignEngine implements AutoCloseable {
    private static final String SERVICE = "inference.GRPCInferenceService";

    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> asked = new ConcurrentHashMap<>();
    private final Map<String, Status> refusals = new ConcurrentHashMap<>();
    private final Server server;
    private volatile String hangs = "";

    public ForeignEngine() throws IOException {
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
    }

    public int port() {
        return server.getPort();
    }

    public void answers(String method, byte[] answer) {
        answers.put(method, answer);
    }

    /// Says of itself and of a model that all is well.
    public void claimsToServe(String model, String version) {
        answers(
                "ServerMetadata",
                ServerMetadataResponse.newBuilder()
                        .setName("triton")
                        .addExtensions("model_repository")
                        .build()
                        .toByteArray());
        byte[] yes = {8, 1};
        answers("ServerLive", yes);
        answers("ServerReady", yes);
        answers("ModelReady", yes);
        answers(
                "RepositoryIndex",
                RepositoryIndexResponse.newBuilder()
                        .addModels(RepositoryIndexResponse.ModelIndex.newBuilder()
                                .setName(model)
                                .setVersion(version)
                                .setState("READY"))
                        .build()
                        .toByteArray());
    }

    /// Answers inferences with a tensor of two numbers.
    public void answersWell() {
        answers(
                "ModelInfer",
                ModelInferResponse.newBuilder()
                        .addOutputs(ModelInferResponse.InferOutputTensor.newBuilder()
                                .setName("y")
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(2))
                        .addRawOutputContents(ByteString.copyFrom(new byte[8]))
                        .build()
                        .toByteArray());
    }

    /// A client of it.
    public OipEngine client(OipSettings settings) {
        return new OipEngine(
                NettyChannelBuilder.forAddress("127.0.0.1", port())
                        .usePlaintext()
                        .build(),
                settings);
    }

    public void refuses(String method, Status status) {
        refusals.put(method, status);
    }

    /// From now on that method is never answered.
    public void hangsAt(String method) {
        hangs = method;
    }

    /// What a method was asked last, null if never.
    public byte @Nullable [] asked(String method) {
        return asked.get(method);
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination();
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
            if (answer != null && !refusals.containsKey(method)) {
                to.onNext(answer);
                to.onCompleted();
            } else {
                to.onError(refusals.getOrDefault(method, Status.UNIMPLEMENTED).asException());
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
