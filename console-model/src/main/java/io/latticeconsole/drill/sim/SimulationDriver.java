package io.latticeconsole.drill.sim;

import io.latticeconsole.endpoint.EndpointPort;
import io.latticeconsole.endpoint.OrderRefused;
import io.latticeconsole.lattice.ClockReading;
import io.latticeconsole.lattice.GatewayId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// Runs a simulation on a thread of its own, in real time times a rate, and shows the rate it achieves.
///
/// A simulation that cannot keep up is not hurried: lattice time then lags, and the achieved rate says by how much.
public final class SimulationDriver implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SimulationDriver.class.getName());
    /// Name of the thread that a driver runs its simulation on.
    public static final String THREAD_NAME = "drill simulation";

    private static final double MOST_RATE = 100;
    private static final long WINDOW_NANOS = 2_000_000_000L;

    /// A lag beyond this is forgotten, so that a stall does not turn into a rush.
    private static final long FORGIVEN_NANOS = 500_000_000L;

    private final Simulation simulation;
    private final List<EndpointPort> ports;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean paused;
    private volatile double rate;
    private volatile double achievedRate;
    private volatile long latticeNanos;

    public SimulationDriver(Simulation simulation, double rate) {
        this.simulation = simulation;
        this.rate = rate;
        this.achievedRate = rate;
        this.ports = java.util.stream.IntStream.range(
                        0, simulation.world().regions().size())
                .<EndpointPort>mapToObj(r -> new GatewayPort(this, simulation, r))
                .toList();
        this.thread = Thread.ofPlatform().name(THREAD_NAME).daemon().unstarted(this::run);
    }

    /// Starts to run.
    public SimulationDriver start() {
        thread.start();
        return this;
    }

    /// One port for each gateway, in the order of the world's regions.
    public List<EndpointPort> ports() {
        return ports;
    }

    /// The port of that gateway.
    ///
    /// @throws IllegalArgumentException if the lattice has no such gateway
    public EndpointPort port(GatewayId gateway) {
        for (EndpointPort port : ports) {
            if (port.info().gateway().equals(gateway)) {
                return port;
            }
        }
        throw new IllegalArgumentException("the lattice has no gateway " + gateway);
    }

    private void run() {
        try {
            pace();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "the simulation stopped at " + clock().latticeTime(), e);
            achievedRate = 0;
            throw e;
        }
    }

    private void pace() {
        long wall = System.nanoTime();
        double due = simulation.now();
        long windowStart = wall;
        long windowLattice = simulation.now();
        while (!closed) {
            long wallNow = System.nanoTime();
            due += paused ? 0 : (wallNow - wall) * rate;
            wall = wallNow;
            due = Math.min(due, simulation.now() + FORGIVEN_NANOS * Math.max(1, rate));
            long until = (long) due / Simulation.TICK_NANOS * Simulation.TICK_NANOS;
            for (long t = simulation.now() + Simulation.TICK_NANOS; t <= until && !closed; t += Simulation.TICK_NANOS) {
                simulation.runUntil(t);
                latticeNanos = t;
                if (System.nanoTime() - wallNow > FORGIVEN_NANOS / 5) {
                    break;
                }
            }
            if (paused) {
                simulation.acceptWhilePaused();
            }
            long now = System.nanoTime();
            if (now - windowStart >= WINDOW_NANOS) {
                achievedRate = paused ? 0 : (double) (simulation.now() - windowLattice) / (now - windowStart);
                windowStart = now;
                windowLattice = simulation.now();
            }
            long rest = (long) ((simulation.now() + Simulation.TICK_NANOS - due) / Math.max(0.1, rate));
            if (rest > 0 || paused) {
                LockSupport.parkNanos(paused ? Simulation.TICK_NANOS : Math.min(rest, Simulation.TICK_NANOS));
            }
        }
    }

    CompletableFuture<ClockReading> setClock(boolean newPaused, double newRate) {
        if (Double.isNaN(newRate) || newRate < 0 || newRate > MOST_RATE) {
            return CompletableFuture.failedFuture(new OrderRefused(
                    "INVALID_ARGUMENT",
                    "BAD_FIELD",
                    "rate: expected 0 (unchanged) to " + (int) MOST_RATE + " lattice seconds per second, found "
                            + newRate,
                    List.of("rate")));
        }
        rate = newRate > 0 ? newRate : rate;
        paused = newPaused;
        return CompletableFuture.completedFuture(clock());
    }

    /// The clock as it stands; any thread.
    public ClockReading clock() {
        return new ClockReading(
                simulation.instant(latticeNanos),
                simulation.options().wall().instant(),
                rate,
                paused ? 0 : achievedRate,
                paused);
    }

    /// Stops running and waits for the thread to end.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
