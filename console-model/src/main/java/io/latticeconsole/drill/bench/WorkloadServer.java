package io.latticeconsole.drill.bench;

import io.latticeconsole.server.EndpointLimits;
import io.latticeconsole.server.EndpointServer;
import io.latticeconsole.server.FreePorts;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Serves a [Workload] over `lattice.v1` on a free loopback port until its process ends:
/// `WorkloadServer --nodes 10000 [--interval-ms 1000]`. Its first line is `listening HOST:PORT`.
///
/// With `--interval-ms 0` it publishes as fast as its slowest watcher reads; such a watcher should ask for
/// `without_conflation`.
public final class WorkloadServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final long SERIES_BYTES = 1 << 20;
    private static final int MAX_WAITING = 3;
    private static final Duration NAP = Duration.ofNanos(100_000);

    private final WorkloadPort port;
    private final EndpointServer server;
    private final Duration interval;
    private final Thread publisher;
    private volatile boolean closed;

    private WorkloadServer(WorkloadPort port, EndpointServer server, Duration interval) {
        this.port = port;
        this.server = server;
        this.interval = interval;
        publisher = Thread.ofPlatform().name("workload").daemon(true).unstarted(this::publish);
    }

    /// Serves a workload; a batch every `interval`, or without a pause if it is zero.
    public static WorkloadServer start(int nodes, Duration interval) throws IOException, InterruptedException {
        WorkloadPort port = new WorkloadPort(new Workload(nodes), InstantSource.system());
        InetSocketAddress address = FreePorts.take(HOST, 0, 1).getFirst();
        EndpointServer server = EndpointServer.start(
                port,
                address,
                Map.of(WorkloadNames.GATEWAY, HOST + ":" + address.getPort()),
                EndpointLimits.DEFAULT.withSeriesBytes(SERIES_BYTES),
                InstantSource.system());
        WorkloadServer started = new WorkloadServer(port, server, interval);
        started.publisher.start();
        return started;
    }

    /// Where it listens, as `host:port`.
    public String address() {
        return server.address();
    }

    private void publish() {
        long due = System.nanoTime();
        while (!closed) {
            if (interval.isZero() && server.samplesWaiting() >= MAX_WAITING) {
                LockSupport.parkNanos(NAP.toNanos());
            } else {
                port.publish();
                due += interval.toNanos();
                while (!closed && due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(publisher);
        server.close();
    }

    /// Serves until standard input ends, so that no server outlives whoever started it.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int nodes = 10_000;
        long intervalMillis = 1000;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--nodes" -> nodes = Integer.parseInt(arguments[i + 1]);
                case "--interval-ms" -> intervalMillis = Long.parseLong(arguments[i + 1]);
                default ->
                    throw new IllegalArgumentException(
                            "unknown option " + arguments[i] + "; there are --nodes and --interval-ms");
            }
        }
        try (WorkloadServer server = start(nodes, Duration.ofMillis(intervalMillis));
                PrintWriter out =
                        new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            out.println("listening " + server.address());
            while (System.in.read() >= 0) {
                // Only the end of input matters.
            }
        }
    }
}
