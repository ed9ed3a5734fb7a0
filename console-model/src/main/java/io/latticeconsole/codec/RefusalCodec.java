package io.latticeconsole.codec;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.latticeconsole.endpoint.OrderRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Refusals, to and from `google.rpc.Status` with details: `ErrorInfo` always, and by code the fields
/// (`BadRequest`), the subjects (`PreconditionFailure`) or when to try again (`RetryInfo`).
public final class RefusalCodec {
    public static final String DOMAIN = "lattice.v1";
    private static final String SUBJECTS = "subjects";
    private static final int RETRY_AFTER_SECONDS = 1;

    private RefusalCodec() {}

    /// Long texts and lists are cut, see [Brief].
    public static StatusRuntimeException toProto(OrderRefused whole) {
        OrderRefused refused = new OrderRefused(
                whole.code(),
                whole.reason(),
                Brief.sentence(Objects.requireNonNullElse(whole.getMessage(), whole.reason())),
                Brief.subjects(whole.subjects()));
        Status.Code code = code(refused.code());
        var status = com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .setMessage(sentence(refused))
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(refused.reason())
                        .setDomain(DOMAIN)
                        .putMetadata(SUBJECTS, String.join(",", refused.subjects()))
                        .build()));
        if (code == Status.Code.INVALID_ARGUMENT) {
            status.addDetails(Any.pack(badRequest(refused)));
        } else if (code == Status.Code.FAILED_PRECONDITION || code == Status.Code.ABORTED) {
            status.addDetails(Any.pack(preconditions(refused)));
        } else if (code == Status.Code.UNAVAILABLE || code == Status.Code.RESOURCE_EXHAUSTED) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(RETRY_AFTER_SECONDS))
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    private static String sentence(OrderRefused refused) {
        return Objects.requireNonNullElse(refused.getMessage(), "");
    }

    private static Status.Code code(String name) {
        for (Status.Code code : Status.Code.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return Status.Code.UNKNOWN;
    }

    private static BadRequest badRequest(OrderRefused refused) {
        var message = BadRequest.newBuilder();
        for (String field : refused.subjects()) {
            message.addFieldViolations(BadRequest.FieldViolation.newBuilder()
                    .setField(field)
                    .setReason(refused.reason())
                    .setDescription(message.getFieldViolationsCount() == 0 ? sentence(refused) : ""));
        }
        return message.build();
    }

    private static PreconditionFailure preconditions(OrderRefused refused) {
        var message = PreconditionFailure.newBuilder();
        for (String subject : refused.subjects()) {
            message.addViolations(PreconditionFailure.Violation.newBuilder()
                    .setType(refused.reason())
                    .setSubject(subject)
                    .setDescription(message.getViolationsCount() == 0 ? sentence(refused) : ""));
        }
        return message.build();
    }

    /// Reads why a call failed; what has no details of this contract gets the code's name as its reason.
    public static OrderRefused fromProto(Throwable failure) {
        if (failure instanceof OrderRefused refused) {
            return refused;
        }
        Status status = Status.fromThrowable(failure);
        String code = status.getCode().name();
        String sentence = Objects.requireNonNullElse(status.getDescription(), code);
        String reason = code;
        List<String> subjects = List.of();
        com.google.rpc.Status details = StatusProto.fromThrowable(failure);
        if (details != null) {
            ErrorInfo info = detail(details, ErrorInfo.class, ErrorInfo.getDefaultInstance());
            reason = info.getReason().isEmpty() ? code : info.getReason();
            subjects = subjects(details, info);
        }
        OrderRefused refused = new OrderRefused(code, reason, sentence, subjects);
        refused.initCause(failure);
        return refused;
    }

    private static List<String> subjects(com.google.rpc.Status details, ErrorInfo info) {
        List<String> subjects = new ArrayList<>();
        detail(details, PreconditionFailure.class, PreconditionFailure.getDefaultInstance())
                .getViolationsList()
                .forEach(violation -> subjects.add(violation.getSubject()));
        detail(details, BadRequest.class, BadRequest.getDefaultInstance())
                .getFieldViolationsList()
                .forEach(violation -> subjects.add(violation.getField()));
        String named = info.getMetadataOrDefault(SUBJECTS, "");
        return subjects.isEmpty() && !named.isEmpty() ? List.of(named.split(",")) : subjects;
    }

    private static <T extends Message> T detail(com.google.rpc.Status details, Class<T> type, T absent) {
        for (Any detail : details.getDetailsList()) {
            if (detail.is(type)) {
                try {
                    return detail.unpack(type);
                } catch (InvalidProtocolBufferException e) {
                    System.getLogger(RefusalCodec.class.getName())
                            .log(System.Logger.Level.WARNING, "a detail of a refusal cannot be read", e);
                }
            }
        }
        return absent;
    }
}
