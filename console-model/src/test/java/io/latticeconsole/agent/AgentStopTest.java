package io.latticeconsole.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.agent.bench.SteadyClients;
import io.latticeconsole.agent.config.ConfigReader;
import io.latticeconsole.proto.inference.GRPCInferenceServiceGrpc;
import io.latticeconsole.proto.inference.ModelInferRequest;
import io.latticeconsole.proto.inference.ModelInferResponse;
import io.latticeconsole.proto.inference.ServerLiveRequest;
import io.latticeconsole.server.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent that is told to stop, with requests in flight that take a second and a half.
@Timeout(90)
class AgentStopTest {
    private static final ModelInferRequest REQUEST = SteadyClients.request("minilm", "1", "the last one");

    @TempDir
    Path folder;

    private List<String> ports;

    @BeforeEach
    void ports() throws IOException {
        ports = FreePorts.take("127.0.0.1", 0, 3).stream().map(FreePorts::text).toList();
    }

    private AgentProcess node(double exitTimeoutSeconds) throws Exception {
        Path slow = Files.createDirectories(folder.resolve("slow"));
        Files.writeString(slow.resolve("exercise.properties"), "delay-ms=1500");
        return start("node", """
                role: node
                lattice: office
                node: regions/eu/sites/par-1/nodes/n1
                listen: %s
                engine: {kind: embedded, versions: {v1: '%s'}, exit-timeout-seconds: %s}
                models: [{code: minilm, engine-name: all-minilm-l6-v2}]
                """.formatted(ports.getFirst(), slow, exitTimeoutSeconds));
    }

    private AgentProcess gateway() throws Exception {
        return start("gateway", """
                role: gateway
                lattice: {code: office, name: Office}
                listen: %s
                inference: %s
                region: {code: eu, name: Europe, latitude: 48.9, longitude: 2.3}
                sites:
                  - {code: par-1, name: Paris, tier: edge, latitude: 48.9, longitude: 2.3,
                     nodes: [{code: n1, address: '%s', replicas: [minilm]}]}
                models:
                  - {code: minilm, version: v1, service-ms: 8, size-mb: 23, objective: {metric: e2e, p95-ms: 5000}}
                """.formatted(ports.get(1), ports.get(2), ports.getFirst()));
    }

    private AgentProcess start(String name, String text) throws Exception {
        return AgentProcess.start(ConfigReader.read(Files.writeString(folder.resolve(name + ".yaml"), text)), folder);
    }

    /// A request that has begun at the agent, which has answered others.
    private static ListenableFuture<ModelInferResponse> begun(ManagedChannel channel) {
        var blocking = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        while (!served(blocking)) {
            Thread.onSpinWait();
        }
        ListenableFuture<ModelInferResponse> asked =
                GRPCInferenceServiceGrpc.newFutureStub(channel).modelInfer(REQUEST);
        var _ = blocking.serverLive(ServerLiveRequest.getDefaultInstance()); // answered after it has begun
        return asked;
    }

    private static boolean served(GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub blocking) {
        try {
            var _ = blocking.modelInfer(REQUEST);
            return true;
        } catch (StatusRuntimeException notYet) {
            assertEquals(Status.Code.UNAVAILABLE, notYet.getStatus().getCode(), notYet::toString);
            return false;
        }
    }

    private void whileStopping(double exitTimeoutSeconds, Check check) throws Exception {
        try (AgentProcess node = node(exitTimeoutSeconds);
                AgentProcess _ = gateway()) {
            ManagedChannel channel = NettyChannelBuilder.forTarget(ports.getFirst())
                    .usePlaintext()
                    .build();
            try {
                ListenableFuture<ModelInferResponse> last = begun(channel);
                node.close();
                check.of(last);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private interface Check {
        void of(ListenableFuture<ModelInferResponse> last) throws Exception;
    }

    @Test
    void answersWhatItHasBegun() throws Exception {
        whileStopping(
                20,
                last -> assertEquals(
                        384, last.get(10, TimeUnit.SECONDS).getOutputs(0).getShape(1)));
    }

    @Test
    void cutsOffWhatTakesLongerThanItsFileAllows() throws Exception {
        whileStopping(0.1, last -> {
            ExecutionException cut = assertThrows(ExecutionException.class, () -> last.get(10, TimeUnit.SECONDS));
            assertEquals(
                    Status.Code.CANCELLED, Status.fromThrowable(cut).getCode(), "for its gateway to send elsewhere");
        });
    }
}
