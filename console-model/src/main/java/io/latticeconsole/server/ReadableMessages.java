package io.latticeconsole.server;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Refuses messages that cannot be read as INVALID_ARGUMENT. gRPC itself would answer UNKNOWN and write a stack
/// trace into the log for each, so that whoever sends rubbish could fill the disk.
final class ReadableMessages implements ServerInterceptor {
    /// Stands for a message that could not be read: an instance that nothing else is.
    private record Reader<Q>(MethodDescriptor.Marshaller<Q> of, Q unreadable)
            implements MethodDescriptor.Marshaller<Q> {
        @Override
        public InputStream stream(Q value) {
            return of.stream(value);
        }

        @Override
        public Q parse(InputStream stream) {
            try {
                return of.parse(stream);
            } catch (StatusRuntimeException malformed) {
                System.getLogger(ReadableMessages.class.getName())
                        .log(System.Logger.Level.TRACE, "a message that cannot be read", malformed);
                return unreadable;
            }
        }
    }

    private ReadableMessages() {}

    /// The same service, which is only given messages that could be read.
    static ServerServiceDefinition only(ServerServiceDefinition service) {
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        service.getMethods().forEach(method -> methods.add(reading(method)));
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(
                        service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder built = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(built::addMethod);
        return ServerInterceptors.intercept(built.build(), new ReadableMessages());
    }

    private static <Q, P> ServerMethodDefinition<Q, P> reading(ServerMethodDefinition<Q, P> method) {
        MethodDescriptor<Q, P> descriptor = method.getMethodDescriptor();
        if (!(descriptor.getRequestMarshaller() instanceof MethodDescriptor.PrototypeMarshaller<Q> marshaller)) {
            throw new IllegalArgumentException(descriptor.getFullMethodName() + " does not take messages");
        }
        Reader<Q> reader = new Reader<>(marshaller, another(marshaller));
        return ServerMethodDefinition.create(
                descriptor.toBuilder(reader, descriptor.getResponseMarshaller()).build(),
                method.getServerCallHandler());
    }

    @SuppressWarnings("unchecked") // builds what its prototype is
    private static <Q> Q another(MethodDescriptor.PrototypeMarshaller<Q> marshaller) {
        if (marshaller.getMessagePrototype() instanceof MessageLite prototype) {
            return (Q) prototype.newBuilderForType().build();
        }
        throw new IllegalArgumentException("no message: " + marshaller.getMessageClass());
    }

    @Override
    public <Q, P> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
        ServerCall.Listener<Q> listener = next.startCall(call, headers);
        boolean checked = call.getMethodDescriptor().getRequestMarshaller() instanceof Reader<Q>;
        return checked ? new Refusing<>(call, listener) : listener;
    }

    private static final class Refusing<Q> extends ForwardingServerCallListener.SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, ?> call;
        private boolean refused;

        Refusing(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
            super(listener);
            this.call = call;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // that very instance
        public void onMessage(Q message) {
            if (call.getMethodDescriptor().getRequestMarshaller() instanceof Reader<Q> reader
                    && reader.unreadable() == message) {
                refused = true;
                Refusals.close(
                        call,
                        Refusals.of(Refusals.refused(
                                Status.Code.INVALID_ARGUMENT,
                                "MALFORMED_MESSAGE",
                                "what was sent to " + call.getMethodDescriptor().getFullMethodName()
                                        + " is not the message that it takes")));
            } else if (!refused) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            if (!refused) {
                super.onHalfClose();
            }
        }

        /// Services may end a call that is cancelled, and this one has ended.
        @Override
        public void onCancel() {
            if (!refused) {
                super.onCancel();
            }
        }
    }
}
