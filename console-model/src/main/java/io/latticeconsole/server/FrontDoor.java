package io.latticeconsole.server;

import io.grpc.BindableService;
import io.grpc.ForwardingServerBuilder;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.latticeconsole.security.Protection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// The way in to an endpoint: protection, roles and limits, before any service.
public record FrontDoor(InetSocketAddress address, Protection protection, EndpointLimits limits) {
    private static final int HANDSHAKE_SECONDS = 10;
    private static final int IDLE_MINUTES = 10;

    /// @throws IOException if it would be plaintext where others can listen and nobody said that it may
    public void require() throws IOException {
        if (protection instanceof Protection.Plaintext(boolean anywhere) && !anywhere && !isLoopback()) {
            throw new IOException("no plaintext on " + FreePorts.text(address)
                    + ", which is not a loopback address: everyone who reaches it could order everything");
        }
    }

    boolean isLoopback() {
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    }

    /// Whether others can listen and order without a certificate.
    boolean isOpen() {
        return protection instanceof Protection.Plaintext && !isLoopback();
    }

    /// A server without services. Interceptors run last to first: who calls, how often, whether they may.
    public ServerBuilder<?> builder() {
        Connections connections = new Connections(limits, System::nanoTime);
        Arrivals arrivals = new Arrivals(limits.connections() + EndpointLimits.TOLD_CONNECTIONS);
        Certificates certificates =
                protection instanceof Protection.MutualTls(var material) ? new Certificates(material) : null;
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address, credentials())
                .channelFactory(arrivals::listening)
                .bossEventLoopGroup(EventLoops.ACCEPTING)
                .workerEventLoopGroup(EventLoops.SERVING)
                .directExecutor() // every call only hands over to the lane
                .intercept(new RoleGate())
                .intercept(connections)
                .intercept(new CallerContext(certificates))
                .intercept(new ShortRefusals())
                .addTransportFilter(connections)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
                .maxInboundMessageSize(EndpointLimits.MAX_MESSAGE_BYTES)
                .maxConcurrentCallsPerConnection(limits.callsPerConnection())
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        return new Reading(certificates == null ? builder : builder.addTransportFilter(certificates));
    }

    /// Serves what is added to it with readable messages only.
    private static final class Reading extends ForwardingServerBuilder<Reading> {
        private final ServerBuilder<?> of;

        Reading(ServerBuilder<?> of) {
            this.of = of;
        }

        @Override
        protected ServerBuilder<?> delegate() {
            return of;
        }

        @Override
        public Reading addService(ServerServiceDefinition service) {
            of.addService(ReadableMessages.only(service));
            return this;
        }

        @Override
        public Reading addService(BindableService service) {
            return addService(service.bindService());
        }
    }

    private ServerCredentials credentials() {
        return switch (protection) {
            case Protection.Plaintext _ -> InsecureServerCredentials.create();
            case Protection.MutualTls(var material) -> material.serverCredentials();
        };
    }
}
