package io.latticeconsole.server;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.latticeconsole.proto.v1.LatticeUpdate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// One serialised `LatticeUpdate`: encoded once, written to every watcher. The bytes are not changed after it was made.
@SuppressWarnings("ArrayRecordComponent") // written once, read by every watcher
record Frame(byte[] bytes) {
    static final MethodDescriptor.Marshaller<Frame> MARSHALLER = new FrameMarshaller();

    static Frame of(LatticeUpdate update) {
        return new Frame(update.toByteArray());
    }

    int size() {
        return bytes.length;
    }

    private static final class FrameMarshaller implements MethodDescriptor.Marshaller<Frame> {
        @Override
        public InputStream stream(Frame frame) {
            return new FrameStream(frame.bytes());
        }

        @Override
        public Frame parse(InputStream stream) {
            try (stream) {
                return new Frame(stream.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Tells gRPC the length at once and hands over the array in one piece.
    private static final class FrameStream extends ByteArrayInputStream implements KnownLength, Drainable {
        FrameStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = count - pos;
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }
}
