package io.latticeconsole.server;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.latticeconsole.codec.MalformedMessage;
import io.latticeconsole.codec.RefusalCodec;
import io.latticeconsole.endpoint.OrderRefused;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/// Why this endpoint refuses, and failures as the contract's errors.
final class Refusals {
    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

    private Refusals() {}

    /// A field of a request that cannot be used; `problem` goes on after the field's name.
    static OrderRefused badField(String field, String problem) {
        return refused(Status.Code.INVALID_ARGUMENT, "BAD_FIELD", field + " " + problem, field);
    }

    static OrderRefused notFound(String name, String problem) {
        return refused(Status.Code.NOT_FOUND, "NOT_FOUND", "'" + name + "' " + problem, name);
    }

    static OrderRefused refused(Status.Code code, String reason, String message, String... subjects) {
        return new OrderRefused(code.name(), reason, message, List.of(subjects));
    }

    /// Whatever went wrong, as the caller sees it; what is not a refusal is a defect of ours, logged and INTERNAL.
    static StatusRuntimeException of(Throwable failure) {
        return switch (failure) {
            case OrderRefused refused -> RefusalCodec.toProto(refused);
            case MalformedMessage malformed -> RefusalCodec.toProto(malformed.asRefusal());
            case StatusRuntimeException status -> status;
            case CompletionException e when e.getCause() != null -> of(e.getCause());
            default -> {
                LOG.log(System.Logger.Level.ERROR, "a call failed", failure);
                String message = "the endpoint failed: " + failure.getClass().getSimpleName();
                yield RefusalCodec.toProto(refused(Status.Code.INTERNAL, "INTERNAL", message));
            }
        };
    }

    /// A refusal with more metadata in its `ErrorInfo`, such as where to go instead.
    static StatusRuntimeException of(OrderRefused refused, Map<String, String> metadata) {
        StatusRuntimeException plain = RefusalCodec.toProto(refused);
        com.google.rpc.Status status = StatusProto.fromThrowable(plain);
        if (status == null) {
            return plain;
        }
        com.google.rpc.Status.Builder richer = status.toBuilder();
        for (int i = 0; i < status.getDetailsCount(); i++) {
            Any detail = status.getDetails(i);
            if (detail.is(ErrorInfo.class)) {
                richer.setDetails(i, Any.pack(with(detail, metadata)));
            }
        }
        return StatusProto.toStatusRuntimeException(richer.build());
    }

    /// Ends a call before it reached its service; what it still sends is not read.
    static <Q> ServerCall.Listener<Q> close(ServerCall<Q, ?> call, StatusRuntimeException refused) {
        Metadata trailers = refused.getTrailers();
        call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
        return new ServerCall.Listener<>() {};
    }

    private static ErrorInfo with(Any detail, Map<String, String> metadata) {
        try {
            return detail.unpack(ErrorInfo.class).toBuilder()
                    .putAllMetadata(metadata)
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an ErrorInfo of our own cannot be read", e);
        }
    }
}
