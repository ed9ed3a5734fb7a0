package io.latticeconsole.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.latticeconsole.codec.EndpointCodec;
import io.latticeconsole.lattice.EndpointInfo;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Peer;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.EndpointState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LinkState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionProblemTest {
    /// What the console says of an address once it is in one of the states of trouble.
    private static EndpointState trouble(String address) throws Exception {
        try (LatticeStore store = LatticeStore.start();
                LatticeConnection _ = LatticeConnection.open(List.of(address), "ana", store)) {
            ConsoleState state = StoreWatch.await(store, s -> {
                EndpointState e = s.endpoints().get(address);
                return e != null && (e.link() == LinkState.LOST || e.link() == LinkState.INCOMPATIBLE);
            });
            return Objects.requireNonNull(state.endpoints().get(address));
        }
    }

    /// A server that answers every connection with the same bytes.
    private static ServerSocket answering(byte[] bytes) throws IOException {
        ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    try (Socket peer = socket.accept();
                            OutputStream out = peer.getOutputStream()) {
                        peer.getInputStream().readNBytes(24);
                        out.write(bytes);
                        peer.shutdownOutput();
                        peer.getInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                }
            } catch (IOException e) {
                System.getLogger("test").log(System.Logger.Level.DEBUG, "closed", e);
            }
        });
        return socket;
    }

    @Test
    void aRefusedPort() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        EndpointState e = trouble("127.0.0.1:" + free);
        assertEquals(LinkState.LOST, e.link());
        assertEquals("127.0.0.1:" + free + " refuses the connection: nothing listens there", e.problem());
    }

    @Test
    void anUnknownHost() throws Exception {
        EndpointState e = trouble("no-such-host.invalid:7700");
        assertEquals(LinkState.LOST, e.link());
        assertTrue(e.problem().startsWith("the host of no-such-host.invalid:7700 is unknown"), e.problem());
    }

    @Test
    void aServerThatIsNoLattice() throws Exception {
        Server other = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new HealthStatusManager().getHealthService())
                .build()
                .start();
        try {
            EndpointState e = trouble("127.0.0.1:" + other.getPort());
            assertEquals(LinkState.INCOMPATIBLE, e.link());
            assertTrue(e.problem().contains("answers gRPC, but is no lattice"), e.problem());
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aWebServer() throws Exception {
        byte[] page = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket web = answering(page)) {
            EndpointState e = trouble("127.0.0.1:" + web.getLocalPort());
            assertEquals(LinkState.INCOMPATIBLE, e.link(), e.problem());
            assertTrue(e.problem().endsWith("answers HTTP, but is no lattice"), e.problem());
        }
    }

    @Test
    void aServerThatWantsTls() throws Exception {
        // What a TLS 1.2 or 1.3 server says to bytes that are no handshake: alert, fatal, unexpected message.
        byte[] alert = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0A};
        try (ServerSocket tls = answering(alert)) {
            EndpointState e = trouble("127.0.0.1:" + tls.getLocalPort());
            assertTrue(e.problem().contains("speak TLS, this console speaks plaintext"), e.problem());
        }
    }

    @Test
    void anotherContractVersion() throws Exception {
        try (ScriptedLattice server = new ScriptedLattice(Script.info("e1"))) {
            server.says(EndpointCodec.toProto(Script.info("e1")).toBuilder()
                    .setContractVersion("2.3")
                    .build());
            EndpointState e = trouble(server.address());
            assertEquals(LinkState.INCOMPATIBLE, e.link());
            assertEquals(
                    server.address() + " speaks version 2.3 of the contract, this console version "
                            + EndpointInfo.CONTRACT,
                    e.problem());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", "localhost:0", "localhost:70000", "a b:1", "http://x:80"})
    void anAddressThatIsNone(String address) throws Exception {
        try (LatticeStore store = LatticeStore.start()) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> LatticeConnection.open(List.of(address), "ana", store));
            assertTrue(String.valueOf(e.getMessage()).contains("expected host:port"));
        }
    }

    @Test
    void oneAddressFindsAllAndASecondNameOfTheSameGatewayIsDropped() throws Exception {
        RegionId us = new RegionId("regions/us");
        GatewayId usGateway = new GatewayId("gateways/us");
        try (ScriptedLattice second = new ScriptedLattice(Script.info("e2"));
                LatticeStore store = LatticeStore.start()) {
            second.says(EndpointCodec.toProto(Script.info("e2")).toBuilder()
                    .setGateway(usGateway.name())
                    .clearOwns()
                    .addOwns(us.name())
                    .build());
            Peer peer = new Peer(usGateway, second.address(), us);
            try (ScriptedLattice first = new ScriptedLattice(Script.info("e1", peer))) {
                String alias = first.address().replace("127.0.0.1", "localhost");
                try (LatticeConnection _ = LatticeConnection.open(List.of(first.address(), alias), "ana", store)) {
                    first.watch().send(Script.snapshot("e1", 1, 0, Script.node(0, Health.UP)));
                    second.watch().send(Script.snapshot("e2", 1, 0));
                    ConsoleState state = StoreWatch.await(
                            store,
                            s -> s.endpoints().size() == 2
                                    && s.endpoints().values().stream().allMatch(e -> e.link() == LinkState.LIVE));
                    assertTrue(state.gatewayAddresses().containsKey(Script.EU));
                    assertEquals(second.address(), state.gatewayAddresses().get(usGateway));
                }
            }
        }
    }
}
