package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.latticeconsole.agent.node.Claims;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.proto.v1.WatchMachineRequest;
import io.latticeconsole.server.EventLoops;
import io.latticeconsole.server.Lane;
import io.latticeconsole.world.NodeClass;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NodeLinkTest {
    private static final NodeLink.Listener NOBODY = new NodeLink.Listener() {
        @Override
        public void report(NodeReport report) {}

        @Override
        public void machine(NodeClass told) {}

        @Override
        public void claimed(Claims.Claim by) {}

        @Override
        public void broken() {}
    };

    /// gRPC by itself would wait longer each time, up to two minutes: the ninth attempt would come after one.
    @Test
    void aMachineThatIsAwayIsTriedAgainAndAgainAtTheSamePace() throws Exception {
        CountDownLatch attempts = new CountDownLatch(9);
        try (ServerSocket away = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Lane lane = new Lane("test")) {
            Thread.ofVirtual().start(() -> hangUp(away, attempts));
            ManagedChannel channel = EventLoops.channel(
                            "127.0.0.1:" + away.getLocalPort(), InsecureChannelCredentials.create())
                    .build();
            try (NodeLink link = new NodeLink(
                    0, channel, WatchMachineRequest.getDefaultInstance(), lane, System::nanoTime, NOBODY)) {
                lane.execute(link::open);
                assertTrue(attempts.await(30, TimeUnit.SECONDS), () -> attempts.getCount() + " attempts short");
            }
        }
    }

    private static void hangUp(ServerSocket on, CountDownLatch attempts) {
        try {
            while (true) {
                try (Socket _ = on.accept()) {
                    attempts.countDown();
                }
            }
        } catch (IOException e) {
            System.getLogger("test").log(System.Logger.Level.DEBUG, "closed", e);
        }
    }
}
