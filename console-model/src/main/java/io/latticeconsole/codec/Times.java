package io.latticeconsole.codec;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/// Times of the model as messages.
final class Times {
    private Times() {}

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static com.google.protobuf.Duration span(Duration span) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(span.getSeconds())
                .setNanos(span.getNano())
                .build();
    }
}
