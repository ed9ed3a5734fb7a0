package io.latticeconsole.server;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Calls any method with an empty message.
final class EmptyCall {
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            return new byte[0];
        }
    };

    private EmptyCall() {}

    /// How the call ended, or OK as soon as there is an answer.
    static Status.Code outcome(ManagedChannel channel, MethodDescriptor<?, ?> method) throws Exception {
        ClientCall<byte[], byte[]> call =
                channel.newCall(method.toBuilder(BYTES, BYTES).build(), CallOptions.DEFAULT);
        CompletableFuture<Status.Code> outcome = new CompletableFuture<>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] message) {
                        outcome.complete(Status.Code.OK);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        outcome.complete(status.getCode());
                    }
                },
                new Metadata());
        call.request(1);
        call.sendMessage(new byte[0]);
        call.halfClose();
        Status.Code code = outcome.get(20, TimeUnit.SECONDS);
        call.cancel("answered", null);
        return code;
    }
}
