package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.LatticeUpdate;
import io.latticeconsole.proto.v1.ListEventsRequest;
import io.latticeconsole.proto.v1.Resume;
import io.latticeconsole.proto.v1.WatchLatticeRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ControlLossTest {
    @Test
    void aGatewayThatLostControlIsGoneAndComesBackTheSameWithNothingMissed() throws Exception {
        try (Served served = new Served(12);
                WatchReader watch = served.watch().begin()) {
            watch.snapshot();
            served.gateway.controlLost = true;
            assertEquals(
                    Status.Code.UNAVAILABLE, Status.fromThrowable(watch.end()).getCode());
            assertThrows(ConnectException.class, () -> connect(served));

            served.gateway.publish(SmallLattice.event(1, "while nobody could hear it"));
            served.gateway.controlLost = false;
            ManagedChannel again = served.connect();
            try {
                var stub = LatticeServiceGrpc.newBlockingStub(again)
                        .withWaitForReady()
                        .withDeadlineAfter(20, TimeUnit.SECONDS);
                Lattice lattice = stub.getLattice(GetLatticeRequest.getDefaultInstance());
                assertEquals(served.server.epoch(), lattice.getEpoch());
                try (WatchReader resumed = new WatchReader(again)
                        .begin(WatchLatticeRequest.newBuilder()
                                .setResume(Resume.newBuilder()
                                        .setEpoch(lattice.getEpoch())
                                        .setRevision(1))
                                .build())) {
                    LatticeUpdate first = resumed.next();
                    assertTrue(first.hasDelta(), "a snapshot where a resume was possible");
                    assertEquals(
                            "while nobody could hear it",
                            first.getDelta().getEvents(0).getMessage());
                }
                assertEquals(
                        1,
                        stub.listEvents(ListEventsRequest.newBuilder()
                                        .setEpoch(lattice.getEpoch())
                                        .build())
                                .getEventsCount());
            } finally {
                again.shutdownNow();
                again.awaitTermination(5, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (Served served = new Served(12)) {
            int port = Integer.parseInt(served.server.address().split(":", -1)[1]);
            String host = InetAddress.getLoopbackAddress().getHostAddress();
            BindException taken = assertThrows(BindException.class, () -> FreePorts.take(host, port, 1));
            assertTrue(String.valueOf(taken.getMessage()).contains(host + ":" + port), taken.getMessage());
            var beyond = assertThrows(IllegalArgumentException.class, () -> FreePorts.take(host, 65_533, 5));
            assertTrue(String.valueOf(beyond.getMessage()).contains("65535"), beyond.getMessage());
        }
    }

    @Test
    void aServerThatIsClosedGivesItsPortBack() throws Exception {
        String address;
        try (Served served = new Served(12);
                WatchReader watch = served.watch().begin()) {
            watch.snapshot();
            address = served.server.address();
            served.server.close();
            assertEquals(
                    Status.Code.UNAVAILABLE, Status.fromThrowable(watch.end()).getCode());
        }
        int port = Integer.parseInt(address.split(":", -1)[1]);
        assertEquals(
                port,
                FreePorts.take(InetAddress.getLoopbackAddress().getHostAddress(), port, 1)
                        .getFirst()
                        .getPort());
    }

    private static void connect(Served served) throws IOException {
        String[] parts = served.server.address().split(":", -1);
        try (Socket socket = new Socket(parts[0], Integer.parseInt(parts[1]))) {
            throw new AssertionError("still listening on " + socket.getRemoteSocketAddress());
        }
    }
}
