package io.latticeconsole.drill;

import io.latticeconsole.drill.sim.Simulation;
import io.latticeconsole.drill.sim.SimulationDriver;
import io.latticeconsole.drill.sim.SimulationOptions;
import io.latticeconsole.drill.sim.Trace;
import io.latticeconsole.drill.world.Aurora;
import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.security.Protection;
import io.latticeconsole.server.EndpointLimits;
import io.latticeconsole.server.EndpointServer;
import io.latticeconsole.server.FreePorts;
import io.latticeconsole.server.events.EventLog;
import io.latticeconsole.server.events.StateFolder;
import io.latticeconsole.world.WorldSpec;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A whole drill lattice in this process: a generated world, its simulation in real time, one gRPC server per gateway.
/// Consoles and other clients reach it only over TCP.
public final class DrillLattice implements AutoCloseable {
    /// Sample history of the whole lattice.
    private static final long SERIES_BYTES = 64L << 20;
    private static final int RING_BYTES = 4 << 20;
    private static final int RING_BYTES_PER_NODE = 4096;
    /// Free ports can be taken by others between being picked and being bound.
    private static final int ATTEMPTS = 5;

    private final SimulationDriver driver;
    private final List<EndpointServer> servers = new ArrayList<>();
    private final Map<GatewayId, String> addresses = new LinkedHashMap<>();
    private final List<EventLog> logs = new ArrayList<>();
    private final DrillOptions options;

    private DrillLattice(SimulationDriver driver, DrillOptions options) {
        this.driver = driver;
        this.options = options;
    }

    /// Builds and starts a lattice; returns when every gateway listens and has something to tell.
    ///
    /// @throws IOException naming the port that is in use, the trace that cannot be read, or the state folder that
    ///     cannot be made or is another process's
    /// @throws IllegalArgumentException naming what is wrong in the trace by file and line, or missing ports
    public static DrillLattice start(DrillOptions options) throws IOException, InterruptedException {
        InstantSource wall = InstantSource.system();
        WorldSpec world = Aurora.generate(options.nodes(), options.seed());
        world = Double.isNaN(options.requestsPerSecond()) ? world : world.atRate(options.requestsPerSecond());
        Trace trace = trace(options.trace());
        StateFolder.make(options.state());
        Instant given = options.start();
        for (int attempt = 1; ; attempt++) {
            List<InetSocketAddress> ports = FreePorts.take(
                    options.host(), options.port(), world.regions().size());
            Instant start = given == null ? wall.instant().truncatedTo(ChronoUnit.SECONDS) : given;
            Simulation simulation =
                    new Simulation(SimulationOptions.of(world, start, wall).withTrace(trace));
            DrillLattice lattice = new DrillLattice(new SimulationDriver(simulation, 1), options);
            try {
                lattice.serve(world, ports, wall);
                return lattice;
            } catch (BindException e) {
                lattice.close();
                if (options.port() != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (IOException | InterruptedException | RuntimeException e) {
                lattice.close();
                throw e;
            }
        }
    }

    private void serve(WorldSpec world, List<InetSocketAddress> ports, InstantSource wall)
            throws IOException, InterruptedException {
        int[] nodes = new int[ports.size()];
        for (int node = 0; node < world.nodes().size(); node++) {
            nodes[world.regionOf(node)]++;
        }
        for (int r = 0; r < ports.size(); r++) {
            addresses.put(world.regions().get(r).gateway(), told(ports.get(r)));
        }
        for (int r = 0; r < ports.size(); r++) {
            logs.add(StateFolder.log(
                    options.state(), world.regions().get(r).gateway(), EndpointLimits.DEFAULT.events(), wall));
        }
        driver.start();
        for (int r = 0; r < ports.size(); r++) {
            long share = SERIES_BYTES * nodes[r] / world.nodes().size();
            EndpointLimits limits = EndpointLimits.DEFAULT
                    .withSeriesBytes(Math.max(1 << 20, share))
                    .withRingBytes(RING_BYTES + (long) RING_BYTES_PER_NODE * nodes[r]);
            servers.add(EndpointServer.start(
                    driver.ports().get(r), ports.get(r), addresses, limits, logs.get(r), options.protection(), wall));
        }
    }

    /// A certificate is for a name: over TLS consoles are told the host as it was given, not what it resolved
    /// to.
    private String told(InetSocketAddress address) {
        return options.protection() instanceof Protection.MutualTls
                ? options.host() + ":" + address.getPort()
                : FreePorts.text(address);
    }

    private static @Nullable Trace trace(@Nullable Path file) throws IOException {
        if (file == null) {
            return null;
        }
        try {
            return Trace.read(file);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read the trace " + file + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("cannot read the trace " + file + ": access is denied", e);
        } catch (IOException e) {
            throw new IOException("cannot read the trace " + file + ": " + e.getMessage(), e);
        }
    }

    /// Where the gateways listen, as `host:port`, in the order of the world's regions. Any of them tells all others.
    public List<String> addresses() {
        return List.copyOf(addresses.values());
    }

    /// Where a gateway listens.
    ///
    /// @throws IllegalArgumentException if the lattice has no such gateway
    public String address(GatewayId gateway) {
        String address = addresses.get(gateway);
        if (address == null) {
            throw new IllegalArgumentException("the lattice has no gateway " + gateway);
        }
        return address;
    }

    /// The clock and the rate of the simulation.
    public SimulationDriver driver() {
        return driver;
    }

    /// Pieces of publication work that threw since the start; 0 on a healthy lattice.
    public long failures() {
        return servers.stream().mapToLong(EndpointServer::failures).sum();
    }

    /// Stops the servers, then the simulation, and closes the event logs.
    @Override
    public void close() {
        servers.forEach(EndpointServer::close);
        driver.close();
        logs.forEach(EventLog::close);
    }
}
