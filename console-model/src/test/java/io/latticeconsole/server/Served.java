package io.latticeconsole.server;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.latticeconsole.proto.v1.ExerciseServiceGrpc;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.events.MemoryEventLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A gateway behind a real server on a free loopback port, and a channel to it.
final class Served implements AutoCloseable {
    final ScriptedGateway gateway;
    final EndpointServer server;
    final ManagedChannel channel;
    final LatticeServiceGrpc.LatticeServiceBlockingStub lattice;
    final OperationServiceGrpc.OperationServiceBlockingStub operations;
    final ExerciseServiceGrpc.ExerciseServiceBlockingStub exercise;

    Served(int nodes) throws IOException, InterruptedException {
        this(new ScriptedGateway(nodes), EndpointLimits.DEFAULT);
    }

    Served(ScriptedGateway gateway, EndpointLimits limits) throws IOException, InterruptedException {
        this(gateway, limits, Protection.LOOPBACK, InsecureChannelCredentials.create(), InstantSource.system());
    }

    Served(ScriptedGateway gateway, EndpointLimits limits, InstantSource wall)
            throws IOException, InterruptedException {
        this(gateway, limits, Protection.LOOPBACK, InsecureChannelCredentials.create(), wall);
    }

    /// A protected gateway, and how its own channel shows itself.
    Served(ScriptedGateway gateway, EndpointLimits limits, Protection protection, ChannelCredentials credentials)
            throws IOException, InterruptedException {
        this(gateway, limits, protection, credentials, InstantSource.system());
    }

    private Served(
            ScriptedGateway gateway,
            EndpointLimits limits,
            Protection protection,
            ChannelCredentials credentials,
            InstantSource wall)
            throws IOException, InterruptedException {
        this.gateway = gateway;
        InetSocketAddress address = FreePorts.take(
                        InetAddress.getLoopbackAddress().getHostAddress(), 0, 1)
                .getFirst();
        Map<io.latticeconsole.lattice.GatewayId, String> addresses =
                Map.of(SmallLattice.EU, "127.0.0.1:" + address.getPort(), SmallLattice.US, "127.0.0.1:1");
        server = EndpointServer.start(
                gateway, address, addresses, limits, new MemoryEventLog(limits.events()), protection, wall);
        channel = connect(credentials);
        lattice = LatticeServiceGrpc.newBlockingStub(channel);
        operations = OperationServiceGrpc.newBlockingStub(channel);
        exercise = ExerciseServiceGrpc.newBlockingStub(channel);
    }

    ManagedChannel connect() {
        return connect(InsecureChannelCredentials.create());
    }

    ManagedChannel connect(ChannelCredentials credentials) {
        return NettyChannelBuilder.forTarget(server.address(), credentials).build();
    }

    WatchReader watch() {
        return new WatchReader(channel);
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        channel.awaitTermination(5, TimeUnit.SECONDS);
        server.close();
    }
}
