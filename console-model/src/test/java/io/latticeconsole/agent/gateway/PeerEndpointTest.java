package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.gateway.GatewayMessage;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.proto.v1.PeerHeartbeat;
import io.latticeconsole.proto.v1.PeerLoads;
import io.latticeconsole.proto.v1.PeerServiceGrpc;
import io.latticeconsole.proto.v1.TellRequest;
import io.latticeconsole.proto.v1.TellResponse;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.EndpointLimits;
import io.latticeconsole.server.FrontDoor;
import io.latticeconsole.server.Lane;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PeerEndpointTest {
    private static final String LATTICE = "lattices/test";
    private static final int SECONDS = 20;

    private final Lane lane = new Lane("test");
    private final LinkedBlockingQueue<GatewayMessage> heard = new LinkedBlockingQueue<>();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        var peer = new PeerReader.Peer(new GatewayId("gateways/us"), new RegionId("regions/us"), 1, false);
        server = new FrontDoor(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Protection.LOOPBACK,
                        EndpointLimits.DEFAULT)
                .builder()
                .addService(new PeerEndpoint(LATTICE, Map.of("gateways/us", peer), lane, heard::add))
                .build()
                .start();
        channel = NettyChannelBuilder.forTarget("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
        lane.close();
    }

    private record Line(StreamObserver<TellRequest> words, CompletableFuture<@Nullable Throwable> end) {}

    private Line line() {
        CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
        return new Line(
                PeerServiceGrpc.newStub(channel).tell(new StreamObserver<>() {
                    @Override
                    public void onNext(TellResponse answer) {
                        // comes with the end
                    }

                    @Override
                    public void onError(Throwable failure) {
                        end.complete(failure);
                    }

                    @Override
                    public void onCompleted() {
                        end.complete(null);
                    }
                }),
                end);
    }

    private static TellRequest.Builder word() {
        return TellRequest.newBuilder()
                .setLattice(LATTICE)
                .setFrom("gateways/us")
                .setHeartbeat(PeerHeartbeat.newBuilder().setBoot(7).setRevision(2));
    }

    private String refusal(TellRequest word, Status.Code code) throws Exception {
        Line line = line();
        line.words().onNext(word);
        Status status =
                Status.fromThrowable(java.util.Objects.requireNonNull(line.end().get(SECONDS, TimeUnit.SECONDS)));
        assertEquals(code, status.getCode(), status::toString);
        return String.valueOf(status.getDescription());
    }

    @Test
    void wordsOfAPeerAreHeardInOrderUntilItEnds() throws Exception {
        Line line = line();
        for (int i = 0; i < 500; i++) {
            line.words()
                    .onNext(word().setHeartbeat(PeerHeartbeat.newBuilder().setRevision(i))
                            .build());
        }
        line.words().onCompleted();
        assertNull(line.end().get(SECONDS, TimeUnit.SECONDS));
        for (int i = 0; i < 500; i++) {
            assertEquals(new GatewayMessage.Heartbeat(1, 0, i), heard.poll(SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void strangersAndMalformedWordsAreRefusedInASentenceAndOthersGoOn() throws Exception {
        assertTrue(refusal(word().setFrom("gateways/eu").build(), Status.Code.PERMISSION_DENIED)
                .contains("'gateways/eu' is none of the peers"));
        assertTrue(refusal(word().setLattice("lattices/other").build(), Status.Code.FAILED_PRECONDITION)
                .contains("found 'lattices/other'"));
        assertTrue(refusal(word().setLoads(PeerLoads.newBuilder().addQueueMs(1)).build(), Status.Code.INVALID_ARGUMENT)
                .contains("columns of one length"));
        Line line = line();
        line.words().onNext(word().build());
        assertEquals(new GatewayMessage.Heartbeat(1, 7, 2), heard.poll(SECONDS, TimeUnit.SECONDS));
        assertEquals(0, lane.failures());
    }

    @Test
    void aMessageAboveTheLimitEndsItsStreamOnly() throws Exception {
        var names = PeerLoads.newBuilder();
        String name = "regions/us/sites/nyc-1/nodes/n1/replicas/" + "m".repeat(1000);
        for (int i = 0; i < 2_000; i++) {
            names.addReplicas(name);
        }
        refusal(word().setLoads(names).build(), Status.Code.RESOURCE_EXHAUSTED);
        Line line = line();
        line.words().onNext(word().build());
        assertEquals(new GatewayMessage.Heartbeat(1, 7, 2), heard.poll(SECONDS, TimeUnit.SECONDS));
    }
}
