package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.security.Parties;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What somebody who asks for too much gets, while somebody else goes on working.
@Timeout(120)
class LimitsTest {
    private static final int MANY = 10_000;

    private static Lattice ask(ManagedChannel channel) {
        return LatticeServiceGrpc.newBlockingStub(channel).getLattice(GetLatticeRequest.getDefaultInstance());
    }

    private static void assertTooMuch(String reason, Runnable call) {
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call::run);
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode(), refused.toString());
        assertEquals(reason, Failures.detail(refused, ErrorInfo.class).getReason());
        assertTrue(Failures.detail(refused, RetryInfo.class).getRetryDelay().getSeconds() >= 1);
    }

    @Test
    void aMessageOfAHundredMegabytesIsRefused() throws Exception {
        byte[] large = new byte[100 << 20];
        try (Served served = new Served(12)) {
            ManagedChannel other = served.connect();
            try {
                StatusRuntimeException refused = assertThrows(
                        StatusRuntimeException.class,
                        () -> BytesCall.send(other, LatticeServiceGrpc.getListNodesMethod(), large));
                assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode(), refused.toString());
                assertEquals("Small", ask(served.channel).getDisplayName());
                assertEquals("Small", ask(other).getDisplayName());
            } finally {
                other.shutdownNow();
            }
        }
    }

    @Test
    void tenThousandConnectionsDoNotTakeAwayTheOneThatWorks() throws Exception {
        try (Served served = new Served(12);
                WatchReader watch = served.watch().begin()) {
            watch.snapshot();
            String[] address = served.server.address().split(":", -1);
            List<SocketChannel> hoard = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    hoard.add(SocketChannel.open(new InetSocketAddress(address[0], Integer.parseInt(address[1]))));
                    if (i % 500 == 0) {
                        assertEquals("Small", ask(served.channel).getDisplayName());
                    }
                }
                served.gateway.publish(SmallLattice.event(1, "among ten thousand"));
                assertEquals("among ten thousand", watch.delta().getEvents(0).getMessage());
            } finally {
                for (SocketChannel socket : hoard) {
                    socket.close();
                }
            }
            ManagedChannel later = served.connect();
            try {
                var patient = LatticeServiceGrpc.newBlockingStub(later).withWaitForReady();
                assertEquals(
                        "Small",
                        patient.getLattice(GetLatticeRequest.getDefaultInstance())
                                .getDisplayName());
            } finally {
                later.shutdownNow();
            }
        }
    }

    @Test
    void callsOnAConnectionTooManyAreToldToComeBack() throws Exception {
        try (Served served = new Served(new ScriptedGateway(12), EndpointLimits.DEFAULT.withConnections(1))) {
            assertEquals("Small", ask(served.channel).getDisplayName());
            ManagedChannel second = served.connect();
            try {
                assertTooMuch("TOO_MANY_CONNECTIONS", () -> ask(second));
                assertEquals("Small", ask(served.channel).getDisplayName());
            } finally {
                second.shutdownNow();
            }
        }
    }

    @Test
    void whoCallsTooOftenIsToldToComeBackAndOthersGoOn() throws Exception {
        try (Served served = new Served(new ScriptedGateway(12), EndpointLimits.DEFAULT.withCalls(0.001, 10))) {
            ManagedChannel other = served.connect();
            try {
                for (int i = 0; i < 10; i++) {
                    assertEquals("Small", ask(served.channel).getDisplayName());
                }
                assertTooMuch("TOO_MANY_CALLS", () -> ask(served.channel));
                assertEquals("Small", ask(other).getDisplayName());
            } finally {
                other.shutdownNow();
            }
        }
    }

    @Test
    void moreConnectionsOfOneCallerGetNoMoreCalls(@TempDir Path folder) throws Exception {
        Parties parties = new Parties(folder);
        var ana = parties.person("ana", Role.VIEWER).read().channelCredentials();
        var protection = new Protection.MutualTls(parties.machine("gateway").read());
        EndpointLimits limits = EndpointLimits.DEFAULT.withCalls(0.001, 2);
        try (Served served = new Served(new ScriptedGateway(12), limits, protection, ana)) {
            ManagedChannel second = served.connect(ana);
            ManagedChannel bob =
                    served.connect(parties.person("bob", Role.VIEWER).read().channelCredentials());
            try {
                assertEquals("Small", ask(served.channel).getDisplayName());
                assertEquals("Small", ask(second).getDisplayName());
                assertTooMuch("TOO_MANY_CALLS", () -> ask(second));
                assertTooMuch("TOO_MANY_CALLS", () -> ask(served.channel));
                assertEquals("Small", ask(bob).getDisplayName());
            } finally {
                second.shutdownNow();
                bob.shutdownNow();
            }
        }
    }

    @Test
    void streamsThatNeverReadHoldNobodyUp() throws Exception {
        int nodes = 500;
        try (Served served = new Served(nodes)) {
            ManagedChannel lazy = served.connect();
            try (WatchReader watch = served.watch().begin()) {
                for (int i = 0; i < 50; i++) {
                    var _ = new WatchReader(lazy).begin();
                }
                watch.snapshot();
                for (int i = 1; i <= 100; i++) {
                    served.gateway.publish(SmallLattice.samples(nodes, SmallLattice.START.plusSeconds(i), i));
                    served.gateway.publish(SmallLattice.event(i, "event " + i));
                    assertEquals("event " + i, watch.delta().getEvents(0).getMessage());
                    assertTrue(served.server.samplesWaiting() <= 1, "more than one batch waits");
                }
                assertEquals("Small", ask(served.channel).getDisplayName());
            } finally {
                lazy.shutdownNow();
            }
        }
    }

    @Test
    void aBucketFillsAtItsRateAndNoHigherThanItsBurst() {
        long second = 1_000_000_000L;
        TokenBucket bucket = new TokenBucket(2, 3, 0);
        for (int i = 0; i < 3; i++) {
            assertTrue(bucket.take(0));
        }
        assertFalse(bucket.take(second / 4));
        assertTrue(bucket.take(second / 2));
        assertFalse(bucket.take(second / 2));
        for (int i = 0; i < 3; i++) {
            assertTrue(bucket.take(100 * second));
        }
        assertFalse(bucket.take(100 * second));
    }
}
