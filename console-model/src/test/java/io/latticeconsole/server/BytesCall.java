package io.latticeconsole.server;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/// Sends bytes that need not be a message.
final class BytesCall {
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new AssertionError("answered");
        }
    };

    private BytesCall() {}

    /// @throws io.grpc.StatusRuntimeException how the call ended
    static void send(ManagedChannel channel, MethodDescriptor<?, ?> method, byte[] message) {
        var bytes = method.toBuilder(BYTES, BYTES)
                .setType(MethodDescriptor.MethodType.UNARY)
                .build();
        ClientCalls.blockingUnaryCall(channel, bytes, CallOptions.DEFAULT, message);
    }
}
