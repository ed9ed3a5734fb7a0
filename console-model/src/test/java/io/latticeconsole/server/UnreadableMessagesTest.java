package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.GetNodeRequest;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.ListNodesRequest;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Messages that are none, that are too large, or whose words are.
@Timeout(60)
class UnreadableMessagesTest {
    @Test
    void longWordsOfACallerComeBackInAFewAndTheConnectionGoesOn() throws Exception {
        try (Served served = new Served(12)) {
            String letters = "y".repeat(20_000);
            StatusRuntimeException name = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.getNode(
                            GetNodeRequest.newBuilder().setName(letters).build()));
            assertEquals(Status.Code.INVALID_ARGUMENT, name.getStatus().getCode(), name.toString());
            assertEquals("BAD_FIELD", Failures.detail(name, ErrorInfo.class).getReason());
            StatusRuntimeException unknown = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.getNode(GetNodeRequest.newBuilder()
                            .setName("regions/" + letters + "/sites/s/nodes/n")
                            .build()));
            assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode(), unknown.toString());
            StatusRuntimeException service = assertThrows(
                    StatusRuntimeException.class,
                    () -> HealthGrpc.newBlockingStub(served.channel)
                            .check(HealthCheckRequest.newBuilder()
                                    .setService("\u2026".repeat(20_000))
                                    .build()));
            assertEquals(Status.Code.NOT_FOUND, service.getStatus().getCode(), service.toString());
        }
    }

    @Test
    void whatIsNoMessageIsRefusedAndSaysNothingInTheLog() throws Exception {
        try (Served served = new Served(12);
                ErrorLog log = new ErrorLog()) {
            byte[] rubbish = {(byte) 0xff, 7, 1, 0, (byte) 0x80};
            for (var method : List.of(
                    LatticeServiceGrpc.getListNodesMethod(),
                    LatticeServiceGrpc.getWatchLatticeMethod(),
                    OperationServiceGrpc.getStartOperationMethod(),
                    HealthGrpc.getCheckMethod(),
                    ServerReflectionGrpc.getServerReflectionInfoMethod())) {
                StatusRuntimeException refused = assertThrows(
                        StatusRuntimeException.class, () -> BytesCall.send(served.channel, method, rubbish));
                assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused.toString());
                assertEquals(
                        "MALFORMED_MESSAGE",
                        Failures.detail(refused, ErrorInfo.class).getReason());
            }
            assertEquals(
                    "Small",
                    served.lattice
                            .getLattice(GetLatticeRequest.getDefaultInstance())
                            .getDisplayName());
            assertEquals(List.of(), log.lines());
        }
    }

    @Test
    void aMessageOverOneMebibyteIsRefusedAndTheConnectionGoesOn() throws Exception {
        try (Served served = new Served(12)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> served.lattice.listNodes(ListNodesRequest.newBuilder()
                            .setFilter("x".repeat(2 << 20))
                            .build()));
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode(), refused.toString());
            assertEquals(
                    "Small",
                    served.lattice
                            .getLattice(GetLatticeRequest.getDefaultInstance())
                            .getDisplayName());
        }
    }
}
