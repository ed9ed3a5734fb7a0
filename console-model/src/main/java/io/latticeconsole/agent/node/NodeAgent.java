package io.latticeconsole.agent.node;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.latticeconsole.agent.engine.EngineIdentity;
import io.latticeconsole.agent.engine.EngineProblem;
import io.latticeconsole.agent.telemetry.Readings;
import io.latticeconsole.agent.telemetry.Telemetry;
import io.latticeconsole.proto.v1.Machine;
import io.latticeconsole.server.EndpointLimits;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.server.FrontDoor;
import io.latticeconsole.server.Lane;
import io.latticeconsole.world.NodeClass;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The agent of one machine: reads it, runs replicas in its engine, and serves both to gateways.
public final class NodeAgent implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NodeAgent.class.getName());
    private static final Duration REPORT = Duration.ofMillis(500);
    private static final Duration REVIEW = Duration.ofSeconds(2);

    private final NodeSetup setup;
    private final Telemetry telemetry;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final Lane lane;
    private final Replicas replicas;
    private @Nullable Server server;

    private NodeAgent(NodeSetup setup, InstantSource wall) {
        this.setup = setup;
        this.lane = new Lane(setup.node() + " reports");
        this.replicas = new Replicas(setup.engine(), setup.models(), work);
        this.telemetry =
                Telemetry.start(setup.telemetry(), wall, event -> LOG.log(System.Logger.Level.INFO, "{0}", event));
    }

    /// Starts and listens; the engine need not be up yet.
    ///
    /// @throws IOException naming the address that cannot be listened on
    public static NodeAgent start(NodeSetup setup, InstantSource wall) throws IOException {
        NodeAgent agent = new NodeAgent(setup, wall);
        try {
            agent.open(wall);
            return agent;
        } catch (IOException | RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    private void open(InstantSource wall) throws IOException {
        Claims claims = new Claims();
        NodeEndpoint endpoint = new NodeEndpoint(setup.node(), claims, this::machine, replicas, work);
        MachineReports reports =
                new MachineReports(telemetry::latest, replicas, wall.instant().toEpochMilli(), System.nanoTime());
        try {
            FrontDoor door = new FrontDoor(setup.listen(), setup.protection(), EndpointLimits.DEFAULT);
            door.require();
            server = door.builder()
                    .intercept(new ReplicaHeader())
                    .addService(ServerInterceptors.intercept(endpoint, claims))
                    .addService(new NodeInference(setup.engine(), replicas, work))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new IOException("cannot listen on " + FreePorts.text(setup.listen()) + ": " + e.getMessage(), e);
        }
        lane.every(REVIEW, () -> work.execute(replicas.loader()::review));
        lane.every(
                REPORT,
                () -> endpoint.publish(ReportCodec.toProto(
                        reports.next(System.nanoTime()), Hardware.of(telemetry.latest()), wall.instant())));
    }

    private Machine machine() {
        return Machine.newBuilder()
                .setNode(setup.node().name())
                .setLattice(setup.lattice())
                .setEngine(engine())
                .addAllAccelerators(Hardware.of(telemetry.latest()))
                .build();
    }

    private String engine() {
        try {
            EngineIdentity identity = setup.engine().identity();
            return identity.name() + " " + identity.version();
        } catch (EngineProblem problem) {
            return "does not answer: " + problem.getMessage();
        }
    }

    /// What was read of the machine last; does not block.
    public Readings readings() {
        return telemetry.latest();
    }

    /// What the machine is made of; empty while that was not read.
    public Optional<NodeClass> hardware() {
        return Hardware.nodeClass(Hardware.of(telemetry.latest()));
    }

    /// Whether no request runs here.
    public boolean isIdle() {
        return replicas.count().running() == 0;
    }

    /// The port it listens on.
    public int port() {
        Server running = server;
        return running == null ? -1 : running.getPort();
    }

    /// Takes nothing new and lets what runs here finish, for so long at most; gateways send what comes elsewhere.
    public void finish(Duration atMost) throws InterruptedException {
        Server running = server;
        if (running != null) {
            running.shutdown();
        }
        int left = replicas.awaitIdle(atMost);
        if (left > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} requests did not end within {1} s and are cut off",
                    left,
                    atMost.toMillis() / 1e3);
        }
    }

    /// Stops serving; what runs is cut off. The engine is its owner's to close.
    @Override
    public void close() {
        Server running = server;
        if (running != null) {
            end(running);
        }
        lane.close();
        telemetry.close();
        work.shutdownNow();
    }

    /// Its port is free when this returns.
    private static void end(Server running) {
        try {
            running.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
