package io.latticeconsole.server;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.proto.v1.ExerciseServiceGrpc;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.events.EventLog;
import io.latticeconsole.server.events.MemoryEventLog;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The gRPC server of one gateway, over TLS or plaintext. While the fault control_loss has the gateway's
/// control down, its port and its connections are closed; afterwards it is back on the same port, with the
/// same epoch, so that watchers resume.
public final class EndpointServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EndpointServer.class.getName());
    private static final Duration CONTROL_CHECK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EndpointPort port;
    private final AsServed asServed;
    private final FrontDoor door;
    private final String epoch = UUID.randomUUID().toString();
    private final Lane lane;
    private final NodeHealth health = new NodeHealth();
    private final Publication publication;
    private final List<BindableService> more;
    private @Nullable Server server;
    private @Nullable Server going;
    private boolean bindFailed;
    private boolean closed;

    private EndpointServer(
            EndpointPort port,
            FrontDoor door,
            Map<GatewayId, String> addresses,
            EventLog events,
            InstantSource wall,
            List<BindableService> more) {
        this.more = List.copyOf(more);
        this.port = port;
        this.door = door;
        asServed = new AsServed(port, epoch, addresses, door.isOpen());
        lane = new Lane(port.info().gateway() + " publication");
        publication = new Publication(port, epoch, asServed, door.limits(), events, wall, lane, health);
    }

    /// Starts to serve a gateway in plaintext on loopback, with its events in memory; returns when it has
    /// published its first snapshot and listens. `addresses` are those of all gateways of the lattice, as
    /// clients are told.
    ///
    /// @throws IOException naming the address that cannot be listened on, or if the gateway publishes nothing
    public static EndpointServer start(
            EndpointPort port,
            InetSocketAddress address,
            Map<GatewayId, String> addresses,
            EndpointLimits limits,
            InstantSource wall)
            throws IOException, InterruptedException {
        return start(port, address, addresses, limits, new MemoryEventLog(limits.events()), Protection.LOOPBACK, wall);
    }

    /// The same with an event log, which the caller closes after the server, and with protection.
    ///
    /// @throws IOException also where `protection` allows no plaintext on that address
    public static EndpointServer start(
            EndpointPort port,
            InetSocketAddress address,
            Map<GatewayId, String> addresses,
            EndpointLimits limits,
            EventLog events,
            Protection protection,
            InstantSource wall)
            throws IOException, InterruptedException {
        return start(port, address, addresses, limits, events, protection, wall, List.of());
    }

    /// The same with more services at its address: what machines of its lattice tell it.
    public static EndpointServer start(
            EndpointPort port,
            InetSocketAddress address,
            Map<GatewayId, String> addresses,
            EndpointLimits limits,
            EventLog events,
            Protection protection,
            InstantSource wall,
            List<BindableService> more)
            throws IOException, InterruptedException {
        FrontDoor door = new FrontDoor(address, protection, limits);
        door.require();
        EndpointServer endpoint = new EndpointServer(port, door, addresses, events, wall, more);
        try {
            endpoint.open();
            return endpoint;
        } catch (IOException | InterruptedException | RuntimeException e) {
            endpoint.close();
            throw e;
        }
    }

    private void open() throws IOException, InterruptedException {
        health.serving(
                LatticeServiceGrpc.SERVICE_NAME, OperationServiceGrpc.SERVICE_NAME, ExerciseServiceGrpc.SERVICE_NAME);
        await(publication.open());
        CompletableFuture<Void> listening = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                server = listen();
                listening.complete(null);
            } catch (IOException e) {
                listening.completeExceptionally(e);
            }
        });
        await(listening);
        lane.every(CONTROL_CHECK, this::followControl);
    }

    private void await(CompletableFuture<Void> step) throws IOException, InterruptedException {
        try {
            step.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(
                    port.info().gateway() + " published nothing within " + PATIENCE.toSeconds() + " s", e);
        }
    }

    public String epoch() {
        return epoch;
    }

    /// Where it listens, as `host:port`.
    public String address() {
        return FreePorts.text(door.address());
    }

    /// What it serves now.
    List<ServerServiceDefinition> services() {
        Server running = server;
        return running == null ? List.of() : running.getServices();
    }

    /// The most frames of samples that wait for any watcher: what a source that can publish faster than its
    /// watchers read should keep small. Any thread.
    public int samplesWaiting() {
        return publication.samplesWaiting();
    }

    /// Streams of watchers that are open. Any thread.
    public int watchers() {
        return publication.watchers();
    }

    /// Pieces of publication work that threw since the start; 0 on a healthy endpoint. Any thread.
    public long failures() {
        return lane.failures();
    }

    /// Ends all streams with UNAVAILABLE and gives the port back.
    @Override
    public void close() {
        if (lane.isClosed()) {
            return;
        }
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        lane.execute(() -> {
            closed = true;
            goOffTheAir("SHUTTING_DOWN", "the endpoint is shutting down");
            Server last = going;
            if (last != null) {
                stop(last);
            }
            stopped.complete(null);
        });
        try {
            stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "the server of " + port.info().gateway() + " did not stop", e);
        }
        lane.close();
    }

    private static void stop(Server last) {
        try {
            if (!last.awaitTermination(500, TimeUnit.MILLISECONDS)) {
                last.shutdownNow();
                last.awaitTermination(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            last.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /// Goes off the air with the fault control_loss and comes back after it. On the lane.
    private void followControl() {
        Server last = going;
        if (last != null) {
            last.shutdownNow();
            going = null;
        }
        boolean lost = port.controlLost();
        if (lost && server != null) {
            goOffTheAir("CONTROL_LOST", port.info().gateway() + " has lost control");
        } else if (!lost && server == null && !closed) {
            listenAgain();
        }
    }

    /// Stops listening and ends the streams; connections still open at the next check are cut then.
    private void goOffTheAir(String reason, String message) {
        Server running = server;
        if (running != null) {
            running.shutdown();
            publication.end(Refusals.of(Refusals.refused(Status.Code.UNAVAILABLE, reason, message)));
            server = null;
            going = running;
        }
    }

    private void listenAgain() {
        try {
            server = listen();
            bindFailed = false;
        } catch (IOException e) {
            if (!bindFailed) {
                LOG.log(System.Logger.Level.WARNING, "cannot listen again yet, trying on", e);
            }
            bindFailed = true;
        }
    }

    private Server listen() throws IOException {
        Replies replies = new Replies(lane);
        LatticeEndpoint lattice = new LatticeEndpoint(publication, port::unreachablePeers, replies);
        ServerBuilder<?> builder = door.builder()
                .addService(new WatchBinding(publication, lane).bind(lattice))
                .addService(new OperationEndpoint(
                        port,
                        publication,
                        () -> new Coordination(asServed.apply(port.info()), port.unreachablePeers()),
                        replies))
                .addService(new ExerciseEndpoint(port, publication, replies))
                .addService(health.service());
        more.forEach(builder::addService);
        if (door.isLoopback()) {
            builder.addService(ProtoReflectionServiceV1.newInstance()).addService(reflectionOfOldTools());
        }
        try {
            return builder.build().start();
        } catch (IOException e) {
            BindException taken =
                    new BindException("cannot listen on " + address() + ": the port is in use or not ours");
            taken.initCause(e);
            throw taken;
        }
    }

    /// Tools of some years ago, grpcurl among them, know the reflection service by its former name only.
    @SuppressWarnings("deprecation")
    private static io.grpc.BindableService reflectionOfOldTools() {
        return ProtoReflectionService.newInstance();
    }
}
