package io.latticeconsole.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.proto.v1.GetLatticeRequest;
import io.latticeconsole.proto.v1.Lattice;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.security.Parties;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import io.latticeconsole.security.TlsFiles;
import io.latticeconsole.server.events.MemoryEventLog;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    @TempDir
    private Path folder;

    private Parties parties;
    private TlsFiles gateway;
    private TlsFiles ana;

    @BeforeEach
    void issue() throws IOException {
        parties = new Parties(folder.resolve("ca"));
        gateway = parties.machine("gateway");
        ana = parties.person("ana", Role.VIEWER);
    }

    private Served serve(ChannelCredentials credentials) throws Exception {
        return new Served(
                new ScriptedGateway(12), EndpointLimits.DEFAULT, new Protection.MutualTls(gateway.read()), credentials);
    }

    private static Lattice ask(ManagedChannel channel) {
        return LatticeServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .getLattice(GetLatticeRequest.getDefaultInstance());
    }

    private static void assertNotLetIn(Served served, ChannelCredentials credentials) throws Exception {
        ManagedChannel channel = served.connect(credentials);
        try {
            StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> ask(channel));
            assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode(), refused.toString());
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void onlyWhoShowsAGoodCertificateIsLetIn() throws Exception {
        Parties others = new Parties(folder.resolve("others"));
        TlsFiles stranger = others.person("ana", Role.SUPERVISOR);
        TlsFiles strangerWhoBelievesUs = new TlsFiles(stranger.certificate(), stranger.key(), ana.authorities());
        try (Served served = serve(ana.read().channelCredentials())) {
            assertEquals("Small", ask(served.channel).getDisplayName());
            assertNotLetIn(served, strangerWhoBelievesUs.read().channelCredentials());
            assertNotLetIn(
                    served,
                    parties.person("late", Duration.ofMinutes(-1), Role.VIEWER)
                            .read()
                            .channelCredentials());
            assertNotLetIn(served, InsecureChannelCredentials.create());
            assertNotLetIn(
                    served,
                    TlsChannelCredentials.newBuilder()
                            .trustManager(ana.authorities().toFile())
                            .build());
            assertEquals("Small", ask(served.channel).getDisplayName());
        }
    }

    @Test
    void aRenewedCertificateIsShownToNewConnectionsAndEndsNoStream() throws Exception {
        TlsFiles renewed = parties.machine("renewed", Duration.ofDays(365), "127.0.0.1");
        try (Served served = serve(ana.read().channelCredentials());
                WatchReader watch = served.watch().begin()) {
            watch.snapshot();
            Parties.replace(gateway, renewed);
            ManagedChannel later = served.connect(ana.read().channelCredentials());
            try {
                assertEquals("Small", ask(later).getDisplayName());
            } finally {
                later.shutdownNow();
            }
            served.gateway.publish(SmallLattice.event(1, "after the renewal"));
            assertEquals("after the renewal", watch.delta().getEvents(0).getMessage());
        }
    }

    @Test
    void anAuthorityThatIsTakenAwayEndsWhatItsCertificatesMayDo() throws Exception {
        Parties others = new Parties(folder.resolve("others"));
        try (Served served = serve(ana.read().channelCredentials())) {
            assertEquals("Small", ask(served.channel).getDisplayName());
            Parties.move(others.files("any").authorities(), gateway.authorities());
            assertNotLetIn(served, ana.read().channelCredentials());
            StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> ask(served.channel));
            assertEquals(Status.Code.UNAUTHENTICATED, refused.getStatus().getCode(), refused.toString());
            assertEquals(
                    "CERTIFICATE_NOT_BELIEVED",
                    Failures.detail(refused, ErrorInfo.class).getReason());
        }
    }

    @Test
    void aCertificateThatItsAuthorityRemovesCountsNoMoreAlsoOnAnOpenConnection() throws Exception {
        gateway = parties.carefulFiles("gateway");
        ChannelCredentials bob = parties.person("bob", Role.VIEWER).read().channelCredentials();
        try (Served served = serve(ana.read().channelCredentials())) {
            ManagedChannel other = served.connect(bob);
            try {
                assertEquals("Small", ask(served.channel).getDisplayName());
                assertEquals("Small", ask(other).getDisplayName());
                parties.revoke("ana");
                assertNotLetIn(served, ana.read().channelCredentials());
                StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> ask(served.channel));
                assertEquals(Status.Code.UNAUTHENTICATED, refused.getStatus().getCode(), refused.toString());
                ErrorInfo info = Failures.detail(refused, ErrorInfo.class);
                assertEquals("CERTIFICATE_REVOKED", info.getReason());
                assertTrue(String.valueOf(refused.getStatus().getDescription()).contains("of ana was removed"));
                assertEquals("Small", ask(other).getDisplayName());
            } finally {
                other.shutdownNow();
            }
        }
    }

    @Test
    void aRemovedServerIsNotBelieved() throws Exception {
        try (Served served = serve(parties.carefulFiles("ana").read().channelCredentials())) {
            parties.revoke("gateway");
            StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> ask(served.channel));
            assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode(), refused.toString());
            assertEquals(
                    "Small",
                    ask(served.connect(ana.read().channelCredentials())).getDisplayName());
        }
    }

    @Test
    void plaintextBeyondLoopbackNeedsAWordAndIsTold() throws Exception {
        InetAddress own = beyondLoopback();
        InetSocketAddress address = FreePorts.take(own.getHostAddress(), 0, 1).getFirst();
        FrontDoor closed = new FrontDoor(address, Protection.LOOPBACK, EndpointLimits.DEFAULT);
        IOException refused = assertThrows(IOException.class, closed::require);
        assertTrue(String.valueOf(refused.getMessage()).contains("no plaintext on " + FreePorts.text(address)));
        FrontDoor open = new FrontDoor(address, new Protection.Plaintext(true), EndpointLimits.DEFAULT);
        open.require();
        try (EndpointServer server = EndpointServer.start(
                new ScriptedGateway(12),
                address,
                Map.of(),
                EndpointLimits.DEFAULT,
                new MemoryEventLog(10),
                new Protection.Plaintext(true),
                InstantSource.system())) {
            ManagedChannel channel = NettyChannelBuilder.forTarget(server.address())
                    .usePlaintext()
                    .build();
            try {
                assertTrue(ask(channel).getCapabilitiesList().contains(EndpointInfo.PLAINTEXT));
                assertFalse(server.services().stream()
                        .anyMatch(s -> s.getServiceDescriptor().getName().contains("eflection")));
            } finally {
                channel.shutdownNow();
            }
        }
        try (Served served = new Served(12)) {
            assertFalse(ask(served.channel).getCapabilitiesList().contains(EndpointInfo.PLAINTEXT));
        }
    }

    /// An address of this machine that others reach, or one of the range for documentation where it has none.
    private static InetAddress beyondLoopback() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
                .findFirst()
                .orElse(InetAddress.getByName("0.0.0.0"));
    }
}
