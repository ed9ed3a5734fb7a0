package io.latticeconsole.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.latticeconsole.endpoint.OrderRefused;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalCodecTest {
    private static com.google.rpc.Status details(OrderRefused refused) {
        com.google.rpc.Status status = StatusProto.fromThrowable(RefusalCodec.toProto(refused));
        assertTrue(status != null);
        return status;
    }

    @Test
    void aRefusalComesBackWithItsReasonAndSubjects() {
        for (String code : List.of("FAILED_PRECONDITION", "ABORTED", "INVALID_ARGUMENT", "NOT_FOUND", "UNAVAILABLE")) {
            OrderRefused sent = new OrderRefused(code, "ARMED_BY_ANOTHER", "ana holds it", List.of("regions/eu", "b"));
            OrderRefused read = RefusalCodec.fromProto(RefusalCodec.toProto(sent));
            assertEquals(code, read.code());
            assertEquals("ARMED_BY_ANOTHER", read.reason());
            assertEquals("ana holds it", read.getMessage());
            assertEquals(List.of("regions/eu", "b"), read.subjects());
        }
    }

    @Test
    void detailsAreThoseOfTheContract() throws Exception {
        var precondition =
                details(new OrderRefused("FAILED_PRECONDITION", "BUDGET", "too little", List.of("models/a")));
        ErrorInfo info = precondition.getDetails(0).unpack(ErrorInfo.class);
        assertEquals("BUDGET", info.getReason());
        assertEquals("lattice.v1", info.getDomain());
        assertEquals(
                "models/a",
                precondition
                        .getDetails(1)
                        .unpack(PreconditionFailure.class)
                        .getViolations(0)
                        .getSubject());
        var bad = details(new OrderRefused("INVALID_ARGUMENT", "BAD_FIELD", "no", List.of("spec.drain.targets[0]")));
        assertEquals(
                "spec.drain.targets[0]",
                bad.getDetails(1).unpack(BadRequest.class).getFieldViolations(0).getField());
        var away = details(new OrderRefused("UNAVAILABLE", "UNREACHABLE", "away", List.of()));
        assertEquals(
                1, away.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds());
    }

    @Test
    void aFailureWithoutDetailsGetsItsCodeAsReason() {
        OrderRefused read = RefusalCodec.fromProto(
                Status.DEADLINE_EXCEEDED.withDescription("5 s").asRuntimeException());
        assertEquals("DEADLINE_EXCEEDED", read.code());
        assertEquals("DEADLINE_EXCEEDED", read.reason());
        assertEquals("5 s", read.getMessage());
    }
}
