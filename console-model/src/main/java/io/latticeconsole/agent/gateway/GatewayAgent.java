package io.latticeconsole.agent.gateway;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.latticeconsole.agent.discovery.DiscoverySettings;
import io.latticeconsole.agent.discovery.RegistrationWatch;
import io.latticeconsole.agent.discovery.Roster;
import io.latticeconsole.coordination.Coordinator;
import io.latticeconsole.gateway.CoordinatorSeat;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.Severity;
import io.latticeconsole.routing.RoutingPolicy;
import io.latticeconsole.security.Expiry;
import io.latticeconsole.security.KeyMaterial;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.EndpointLimits;
import io.latticeconsole.server.EndpointServer;
import io.latticeconsole.server.EventLoops;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.server.FrontDoor;
import io.latticeconsole.server.Lane;
import io.latticeconsole.server.events.EventLog;
import io.latticeconsole.server.events.StateFolder;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleBatch;
import io.latticeconsole.world.WorldSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A gateway of real machines, and perhaps the coordinator of their lattice: hears its agents and the other gateways,
/// routes its clients' requests over all their machines, and serves `lattice.v1` for its own.
public final class GatewayAgent implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration PROBES = Duration.ofMillis(500);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Lane lane;
    private final MachineRoom room;
    private final Gateway gateway;
    private Expiry expiry = Expiry.FAR;
    private final CoordinatorSeat seat;
    private final RealEndpoint endpoint;
    private final KeptDecisions decisions;
    private final KeptOperations operations;
    private volatile @Nullable SampleBatch newest;
    private volatile Map<Integer, NodeId> nodes = Map.of();
    private @Nullable RegistrationWatch registrations;
    private @Nullable EventLog events;
    private final AtomicBoolean closing = new AtomicBoolean();
    private @Nullable EndpointServer server;
    private @Nullable Server inference;

    private GatewayAgent(GatewaySetup setup, InstantSource wall) {
        GatewayId self = setup.world().regions().getFirst().gateway();
        decisions = KeptDecisions.open(setup.state(), self, setup.world());
        WorldSpec world = decisions.recall(setup.world());
        lane = Lane.amongConnections(self + " routing");
        room = new MachineRoom(
                world, setup.ownershipTerm(), lane, wall, address -> channel(address, setup.credentials()));
        gateway = new Gateway(room, 0, RoutingPolicy.LATTICE, UUID.randomUUID().toString());
        seat = new CoordinatorSeat(gateway, room);
        Coordinator coordinator = isCoordinator(world) ? new Coordinator(seat, world.seed()) : null;
        operations = new KeptOperations(setup.state(), self, coordinator);
        if (coordinator != null) {
            seat.attach(coordinator);
        }
        endpoint = new RealEndpoint(world, gateway, coordinator, lane, wall);
    }

    private static boolean isCoordinator(WorldSpec world) {
        return world.coordinatorRegion() == 0;
    }

    /// Starts and listens; its agents need not be up yet.
    ///
    /// @throws IOException naming the address that cannot be listened on
    public static GatewayAgent start(GatewaySetup setup, InstantSource wall) throws IOException, InterruptedException {
        GatewayAgent agent = new GatewayAgent(setup, wall);
        try {
            agent.open(setup, wall);
            return agent;
        } catch (IOException | InterruptedException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private void open(GatewaySetup setup, InstantSource wall) throws IOException, InterruptedException {
        new FrontDoor(setup.inference(), setup.protection(), EndpointLimits.DEFAULT).require();
        lane.execute(() -> gateway.beginCold(isCoordinator(setup.world())));
        StateFolder.make(setup.state());
        EventLog log = StateFolder.log(setup.state(), gateway.id(), EndpointLimits.DEFAULT.events(), wall);
        events = log;
        server = EndpointServer.start(
                endpoint,
                setup.listen(),
                addresses(setup),
                EndpointLimits.DEFAULT,
                log,
                setup.protection(),
                wall,
                List.of(room.peerEndpoint()));
        try {
            inference = new FrontDoor(setup.inference(), setup.protection(), EndpointLimits.DEFAULT)
                    .builder()
                    .addService(new InferenceIngress(room, gateway, lane))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new IOException("cannot listen on " + FreePorts.text(setup.inference()) + ": " + e.getMessage(), e);
        }
        lane.execute(() -> meetAgents(setup));
        lane.every(TICK, this::tick);
        lane.every(PROBES, new PathProbes(setup.world(), room, gateway, lane)::send);
        lane.every(SECOND, this::second);
        lane.every(NodeCheck.EVERY, room::check);
        if (setup.protection() instanceof Protection.MutualTls(var material)) {
            lane.every(NodeCheck.EVERY, () -> checkOwn(material, wall.instant()));
        }
        discover(setup);
    }

    /// Only once events have somewhere to go.
    private void meetAgents(GatewaySetup setup) {
        decisions.recall().forEach(gateway.members()::recall);
        sayLost("DECISIONS_LOST", decisions.trouble());
        sayLost("OPERATIONS_LOST", operations.recall());
        lane.every(KeptOperations.EVERY, operations::keep);
        room.connect(gateway, setup.peers());
    }

    private void sayLost(String type, String trouble) {
        if (!trouble.isEmpty()) {
            gateway.log(type, Severity.HIGH, gateway.id().name(), trouble, "", "");
        }
    }

    /// Says when its own certificate comes near its end.
    private void checkOwn(KeyMaterial material, Instant now) {
        Instant ends = material.expires();
        Expiry near = Expiry.of(ends, now);
        if (near.compareTo(expiry) > 0) {
            String sentence = "the certificate of " + gateway.id() + " ends " + ends;
            gateway.log(
                    "CERTIFICATE_ENDS", NodeCheck.severity(near), gateway.id().name(), sentence, "", "");
        }
        expiry = near;
    }

    private Map<GatewayId, String> addresses(GatewaySetup setup) {
        Map<GatewayId, String> all = new HashMap<>(setup.peers());
        all.put(gateway.id(), FreePorts.text(setup.listen()));
        return all;
    }

    private void discover(GatewaySetup setup) throws IOException {
        DiscoverySettings settings = setup.discovery();
        if (settings != null) {
            WorldSpec world = room.world();
            Roster roster = new Roster(
                    new DiscoveredNodes(world, room, gateway),
                    "lattices/" + world.code(),
                    settings.prefix(),
                    gateway.id().name());
            String under = world.regions().getFirst().id().name() + "/";
            registrations = RegistrationWatch.start(settings, under, lane, roster);
            lane.every(SECOND, roster::review);
        }
    }

    private static ManagedChannel channel(String address, ChannelCredentials credentials) {
        return EventLoops.channel(address, credentials)
                .directExecutor() // every callback only hands over to the lane
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .maxInboundMessageSize(16 * EndpointLimits.MAX_MESSAGE_BYTES)
                .build();
    }

    private void tick() {
        gateway.tick();
        seat.tick();
        endpoint.publish();
        decisions.keep(gateway.state(), gateway.members().absent());
    }

    private void second() {
        SampleBatch batch = gateway.second();
        nodes = gateway.members().byIndex();
        newest = batch;
        endpoint.publish(batch);
    }

    public GatewayId id() {
        return gateway.id();
    }

    /// The newest values of each node, in the order of [Metric#column]; does not block. Any thread.
    public Map<NodeId, float[]> newestValues() {
        SampleBatch batch = newest;
        Map<NodeId, float[]> values = new HashMap<>();
        Map<Integer, NodeId> known = nodes;
        for (int i = 0; batch != null && i < batch.nodeIndex().length; i++) {
            float[] row = new float[Metric.values().length];
            for (Metric metric : Metric.values()) {
                row[metric.column()] = batch.columns()[metric.column()][i];
            }
            NodeId node = known.get(batch.nodeIndex()[i]);
            if (node != null) {
                values.put(node, row);
            }
        }
        return values;
    }

    /// The accounts as of the last second; does not block. Any thread.
    public LedgerTotals newestLedger() {
        SampleBatch batch = newest;
        LedgerTotals ledger = batch == null ? null : batch.ledger();
        return ledger == null ? LedgerTotals.NONE : ledger;
    }

    /// Exact accounts of its clients' requests. Any thread.
    public LedgerTotals ledger() throws InterruptedException {
        return ask(gateway::ledger);
    }

    /// Whether all its accounts balance. Any thread.
    public boolean ledgerBalances() throws InterruptedException {
        return ask(gateway::ledgerBalances);
    }

    private <T> T ask(Supplier<T> question) throws InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        lane.execute(() -> answer.complete(question.get()));
        try {
            return answer.get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the gateway does not answer", e);
        }
    }

    /// Pieces of work that threw since the start; 0 on a healthy gateway. Any thread.
    public long failures() {
        EndpointServer running = server;
        return lane.failures() + (running == null ? 0 : running.failures());
    }

    /// Stops serving; open requests are cut off.
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        RegistrationWatch watch = registrations;
        if (watch != null) {
            watch.close();
        }
        Server ingress = inference;
        if (ingress != null) {
            ingress.shutdownNow();
        }
        EndpointServer running = server;
        if (running != null) {
            running.close();
        }
        CompletableFuture<Void> closed = new CompletableFuture<>();
        lane.execute(() -> {
            operations.keep();
            room.close();
            closed.complete(null);
        });
        closed.completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
        lane.close();
        EventLog log = events; // last: the lane writes to it
        if (log != null) {
            log.close();
        }
        decisions.close();
        operations.close();
    }
}
