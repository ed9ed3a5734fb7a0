package io.latticeconsole.agent.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.agent.config.GatewayFile;
import io.latticeconsole.proto.v1.PeerServiceGrpc;
import io.latticeconsole.proto.v1.TellRequest;
import io.latticeconsole.proto.v1.TellResponse;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.FreePorts;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A gateway tells a peer all that it owns as soon as there is a line, without being asked.
@Timeout(60)
class PeerGreetingTest {
    private static final int SECONDS = 30;

    /// A peer that only listens. One queue for each stream that was begun with it.
    private static final class Listening extends PeerServiceGrpc.PeerServiceImplBase {
        final LinkedBlockingQueue<Heard> streams = new LinkedBlockingQueue<>();

        record Heard(LinkedBlockingQueue<TellRequest> words, StreamObserver<TellResponse> answer) {
            TellRequest next() throws InterruptedException {
                TellRequest word = words.poll(SECONDS, TimeUnit.SECONDS);
                assertNotNull(word, "nothing was said");
                return word;
            }
        }

        Heard next() throws InterruptedException {
            Heard stream = streams.poll(SECONDS, TimeUnit.SECONDS);
            assertNotNull(stream, "nobody called");
            return stream;
        }

        @Override
        public StreamObserver<TellRequest> tell(StreamObserver<TellResponse> out) {
            Heard heard = new Heard(new LinkedBlockingQueue<>(), out);
            streams.add(heard);
            return new StreamObserver<>() {
                @Override
                public void onNext(TellRequest word) {
                    heard.words().add(word);
                }

                @Override
                public void onError(Throwable gone) {
                    // the test is over
                }

                @Override
                public void onCompleted() {
                    out.onCompleted();
                }
            };
        }
    }

    private static String file(List<InetSocketAddress> ports) {
        return """
                role: gateway
                lattice: {code: test, name: Test}
                listen: %s
                inference: %s
                region: {code: eu, name: Europe, latitude: 48, longitude: 2}
                coordinator: eu
                sites:
                  - {code: par-1, name: Paris, tier: edge, latitude: 48, longitude: 2,
                     nodes: [{code: n1, address: '%s', replicas: [minilm]}]}
                peers:
                  - region: {code: us, name: America, latitude: 40, longitude: -74}
                    address: %s
                    sites: [{code: nyc-1, name: New York, tier: edge, latitude: 40, longitude: -74}]
                models:
                  - {code: minilm, version: v1, service-ms: 5, size-mb: 23, objective: {metric: e2e, p95-ms: 5000}}
                """.formatted(
                        FreePorts.text(ports.get(0)),
                        FreePorts.text(ports.get(1)),
                        FreePorts.text(ports.get(2)),
                        FreePorts.text(ports.get(3)));
    }

    @Test
    void itIsTheFirstThingOnEveryLine(@TempDir Path folder) throws Exception {
        List<InetSocketAddress> ports = FreePorts.take("127.0.0.1", 0, 4);
        Listening peer = new Listening();
        Server server = NettyServerBuilder.forAddress(ports.get(3), InsecureServerCredentials.create())
                .addService(peer)
                .build()
                .start();
        Path file = Files.writeString(folder.resolve("eu.yaml"), file(ports));
        try (GatewayAgent gateway = GatewayAgent.start(
                GatewaySetup.of((GatewayFile) ConfigReader.read(file), Protection.LOOPBACK, folder),
                InstantSource.system())) {
            Listening.Heard first = peer.next();
            assertEquals(TellRequest.WordCase.ALL, first.next().getWordCase());
            first.answer().onError(Status.UNAVAILABLE.asRuntimeException());
            assertEquals(TellRequest.WordCase.ALL, peer.next().next().getWordCase());
            assertEquals(0, gateway.failures());
        } finally {
            server.shutdownNow();
        }
    }
}
