package io.latticeconsole.fuzz;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A call whose messages are bytes. It is over when the server has ended it or this side has had enough of it.
final class RawCall extends ClientCall.Listener<byte[]> {
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /// How a call went: its status and trailers, and the newest answer. Called once, on a thread of gRPC.
    interface Outcome {
        void over(Status status, Metadata trailers, byte @Nullable [] answer);
    }

    private final ClientCall<byte[], byte[]> call;
    private final boolean unary;
    private final Outcome outcome;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile byte @Nullable [] answer;

    private RawCall(ClientCall<byte[], byte[]> call, boolean unary, Outcome outcome) {
        this.call = call;
        this.unary = unary;
        this.outcome = outcome;
    }

    /// Sends a message. An answer that does not come within `seconds` is DEADLINE_EXCEEDED.
    ///
    /// @param reads whether answers are read @param halfCloses whether the server is told that this was all
    static RawCall send(
            Channel channel,
            MethodDescriptor<?, ?> method,
            byte[] message,
            boolean reads,
            boolean halfCloses,
            int seconds,
            Outcome outcome) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(seconds, TimeUnit.SECONDS);
        ClientCall<byte[], byte[]> call =
                channel.newCall(method.toBuilder(BYTES, BYTES).build(), options);
        RawCall raw = new RawCall(call, method.getType() == MethodDescriptor.MethodType.UNARY, outcome);
        call.start(raw, new Metadata());
        if (reads) {
            call.request(2);
        }
        call.sendMessage(message);
        if (halfCloses) {
            call.halfClose();
        }
        return raw;
    }

    /// Breaks the call off.
    void cancel() {
        call.cancel("had enough", null);
    }

    @Override
    public void onMessage(byte[] message) {
        answer = message;
        if (!unary) {
            end(Status.OK, new Metadata());
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        end(status, trailers);
    }

    private void end(Status status, Metadata trailers) {
        if (over.compareAndSet(false, true)) {
            outcome.over(status, trailers, answer);
        }
    }
}
