package io.latticeconsole.drill;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A client that knows nothing but an address: it learns the contract by reflection, writes requests as text and reads
/// replies by field name, as grpcurl or a script does.
final class ReflectedClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final ManagedChannel channel;
    private final Map<String, FileDescriptor> files = new LinkedHashMap<>();

    ReflectedClient(String address) {
        channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    }

    List<String> services() throws Exception {
        List<String> names = new ArrayList<>();
        ask(ServerReflectionRequest.newBuilder().setListServices("*").build())
                .getListServicesResponse()
                .getServiceList()
                .forEach(s -> names.add(s.getName()));
        return names;
    }

    /// Calls a method such as `lattice.v1.LatticeService/GetNode` with a request in text form.
    DynamicMessage call(String method, String request) throws Exception {
        MethodDescriptor descriptor = method(method);
        return ClientCalls.blockingUnaryCall(
                channel,
                grpc(descriptor, io.grpc.MethodDescriptor.MethodType.UNARY),
                CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
                message(descriptor, request));
    }

    Iterator<DynamicMessage> stream(String method, String request) throws Exception {
        MethodDescriptor descriptor = method(method);
        return ClientCalls.blockingServerStreamingCall(
                channel,
                grpc(descriptor, io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING),
                CallOptions.DEFAULT,
                message(descriptor, request));
    }

    /// A field of a message by its path, such as `delta.revision`.
    static Object field(Message message, String path) {
        Object value = message;
        for (String name : path.split("\\.", -1)) {
            Message at = (Message) value;
            var field = at.getDescriptorForType().findFieldByName(name);
            if (field == null) {
                throw new IllegalArgumentException(at.getDescriptorForType().getFullName() + " has no field " + name);
            }
            value = at.getField(field);
        }
        return value;
    }

    static List<Message> list(Message message, String path) {
        List<Message> items = new ArrayList<>();
        for (Object item : (List<?>) field(message, path)) {
            items.add((Message) item);
        }
        return items;
    }

    static String text(Message message, String path) {
        return String.valueOf(field(message, path));
    }

    private static DynamicMessage message(MethodDescriptor descriptor, String request)
            throws TextFormat.ParseException {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(descriptor.getInputType());
        TextFormat.merge(request, ExtensionRegistry.getEmptyRegistry(), message);
        return message.build();
    }

    private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> grpc(
            MethodDescriptor method, io.grpc.MethodDescriptor.MethodType type) {
        return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(type)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(marshaller(method.getInputType()))
                .setResponseMarshaller(marshaller(method.getOutputType()))
                .build();
    }

    private static io.grpc.MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
        return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
    }

    private MethodDescriptor method(String name) throws Exception {
        String[] parts = name.split("/", 2);
        FileDescriptor file = file(parts[0]);
        for (ServiceDescriptor service : file.getServices()) {
            MethodDescriptor method =
                    service.getFullName().equals(parts[0]) ? service.findMethodByName(parts[1]) : null;
            if (method != null) {
                return method;
            }
        }
        throw new IllegalArgumentException("no method " + name);
    }

    private FileDescriptor file(String symbol) throws Exception {
        ServerReflectionResponse response = ask(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(symbol)
                .build());
        Map<String, FileDescriptorProto> protos = new LinkedHashMap<>();
        for (ByteString bytes : response.getFileDescriptorResponse().getFileDescriptorProtoList()) {
            FileDescriptorProto proto = parsed(bytes);
            protos.put(proto.getName(), proto);
        }
        FileDescriptor found = null;
        for (FileDescriptorProto proto : protos.values()) {
            FileDescriptor file = build(proto, protos);
            boolean has =
                    file.getServices().stream().anyMatch(s -> s.getFullName().equals(symbol));
            found = has ? file : found;
        }
        if (found == null) {
            throw new IllegalArgumentException("reflection knows no " + symbol);
        }
        return found;
    }

    private FileDescriptor build(FileDescriptorProto proto, Map<String, FileDescriptorProto> protos) throws Exception {
        FileDescriptor known = files.get(proto.getName());
        if (known != null) {
            return known;
        }
        List<FileDescriptor> needs = new ArrayList<>();
        for (String name : proto.getDependencyList()) {
            FileDescriptorProto dependency = protos.get(name);
            if (dependency == null) {
                dependency = parsed(ask(ServerReflectionRequest.newBuilder()
                                .setFileByFilename(name)
                                .build())
                        .getFileDescriptorResponse()
                        .getFileDescriptorProto(0));
            }
            needs.add(build(dependency, protos));
        }
        try {
            FileDescriptor built = FileDescriptor.buildFrom(proto, needs.toArray(FileDescriptor[]::new));
            files.put(proto.getName(), built);
            return built;
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("reflection gave a file that does not hold together", e);
        }
    }

    private static FileDescriptorProto parsed(ByteString bytes) throws InvalidProtocolBufferException {
        return FileDescriptorProto.parseFrom(bytes);
    }

    private ServerReflectionResponse ask(ServerReflectionRequest request) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answer.completeExceptionally(new IllegalStateException("reflection gave no answer"));
                    }
                });
        asking.onNext(request);
        ServerReflectionResponse response = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        asking.onCompleted();
        return response;
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        channel.awaitTermination(5, TimeUnit.SECONDS);
    }
}
