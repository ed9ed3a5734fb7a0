package io.latticeconsole.fuzz;

import io.grpc.ManagedChannel;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.latticeconsole.drill.sim.Simulation;
import io.latticeconsole.drill.sim.SimulationDriver;
import io.latticeconsole.drill.sim.SimulationOptions;
import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.endpoint.Caller;
import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.proto.v1.ExerciseServiceGrpc;
import io.latticeconsole.proto.v1.LatticeServiceGrpc;
import io.latticeconsole.proto.v1.OperationServiceGrpc;
import io.latticeconsole.security.Protection;
import io.latticeconsole.security.Role;
import io.latticeconsole.server.EndpointLimits;
import io.latticeconsole.server.EndpointServer;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.server.events.MemoryEventLog;
import io.latticeconsole.world.WorldSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Real servers to attack, all over mutual TLS: the coordinator of a small drill lattice, and a gateway of
/// real machines with one agent, whose engine does not answer. Calls are not paced, as the pace would keep most
/// messages from the code that reads them.
final class Stronghold implements AutoCloseable {
    private static final int NODES = Aurora.MIN_NODES;
    private static final double RATE = 20;
    private static final int UNPACED = 1_000_000_000;
    private static final EndpointLimits LIMITS = EndpointLimits.DEFAULT.withCalls(UNPACED, UNPACED);
    private static final Caller WARDEN = new Caller("warden", false);

    private final SimulationDriver driver;
    private final EndpointPort port;
    private final EndpointServer drill;
    private final RealPair real;
    private final List<Target> targets = new ArrayList<>();

    Stronghold(Path folder, Parties parties, long seed) throws IOException, InterruptedException {
        WorldSpec world = Aurora.generate(NODES, seed).atRate(RATE);
        Instant start = Instant.parse("2026-01-15T14:00:00Z");
        driver = new SimulationDriver(new Simulation(SimulationOptions.of(world, start, InstantSource.system())), 1);
        port = driver.ports().get(world.coordinatorRegion());
        driver.start();
        InetSocketAddress address = FreePorts.take("127.0.0.1", 0, 1).getFirst();
        drill = EndpointServer.start(
                port,
                address,
                Map.of(port.info().gateway(), FreePorts.text(address)),
                LIMITS,
                new MemoryEventLog(LIMITS.events()),
                new Protection.MutualTls(parties.machine()),
                InstantSource.system());
        real = new RealPair(folder, new Protection.MutualTls(parties.machine()));
        List<ServiceDescriptor> lattice = List.of(
                LatticeServiceGrpc.getServiceDescriptor(),
                OperationServiceGrpc.getServiceDescriptor(),
                ExerciseServiceGrpc.getServiceDescriptor(),
                HealthGrpc.getServiceDescriptor(),
                ServerReflectionGrpc.getServiceDescriptor());
        Set<String> watchers = Set.of(Parties.NOBODY, unit(Role.VIEWER), unit(Role.CLIENT), unit(Role.NODE));
        targets.add(new Target("drill", Target.methods(lattice), parties.channels(drill.address()), watchers));
        targets.addAll(real.targets(parties, lattice, watchers));
    }

    static String unit(Role role) {
        return role.unit();
    }

    List<Target> targets() {
        return targets;
    }

    ManagedChannel drillAs(Role role) {
        ManagedChannel channel = targets.getFirst().channels().get(unit(role));
        if (channel == null) {
            throw new IllegalStateException("nobody has the role " + role);
        }
        return channel;
    }

    EndpointPort port() {
        return port;
    }

    /// Ends a fault of the drill, from inside: it may have taken the endpoint off the air.
    void clear(String fault) throws InterruptedException {
        await(port.clear(fault, UUID.randomUUID().toString(), WARDEN));
    }

    /// Lets the drill's clock run as it did.
    void resetClock() throws InterruptedException {
        await(port.setClock(false, 1, WARDEN));
    }

    private static void await(CompletableFuture<?> work) throws InterruptedException {
        try {
            work.get(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException _) {
            // refused: a fault that ended meanwhile
        } catch (java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the simulation does not answer", e);
        }
    }

    /// Streams that are open.
    int watchers() {
        return drill.watchers();
    }

    /// Pieces of work that threw.
    long failures() {
        return drill.failures() + real.failures();
    }

    @Override
    public void close() throws InterruptedException {
        for (Target target : targets) {
            target.channels().values().forEach(ManagedChannel::shutdownNow);
        }
        for (Target target : targets) {
            for (ManagedChannel channel : target.channels().values()) {
                channel.awaitTermination(5, TimeUnit.SECONDS);
            }
        }
        drill.close();
        driver.close();
        real.close();
    }
}
