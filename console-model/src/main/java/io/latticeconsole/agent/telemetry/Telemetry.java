package io.latticeconsole.agent.telemetry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Reads the machine at an interval, on threads of its own: one for the accelerators, whose driver may hang,
/// and one for the host. [#latest] never blocks and may be called from any thread; events come on the reading
/// threads.
public final class Telemetry implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Telemetry.class.getName());
    private static final int CLOSE_SECONDS = 2;

    private final TelemetryOptions options;
    private final InstantSource clock;
    private final AcceleratorWatch watch;
    private final ScheduledExecutorService threads;
    private final Instant started;
    private volatile HostReading host;
    private volatile Readings.Accelerators accelerators;

    private Telemetry(TelemetryOptions options, InstantSource clock, Consumer<TelemetryEvent> events) {
        this.options = options;
        this.clock = clock;
        this.watch = new AcceleratorWatch(options, clock, events);
        this.started = clock.instant();
        this.host = HostReading.none(started);
        this.accelerators =
                new Readings.Accelerators(started, List.of(), "", Optional.of("the accelerators were not read yet"));
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newScheduledThreadPool(
                2,
                work -> Thread.ofPlatform()
                        .daemon()
                        .name("telemetry-" + number.getAndIncrement())
                        .unstarted(work));
    }

    /// Starts to read; the first readings are there after moments.
    public static Telemetry start(TelemetryOptions options, InstantSource clock, Consumer<TelemetryEvent> events) {
        Telemetry telemetry = new Telemetry(options, clock, events);
        Host machine = new Host();
        telemetry.repeat(() -> telemetry.host = machine.read(clock.instant()));
        telemetry.repeat(() -> telemetry.accelerators = telemetry.watch.read());
        return telemetry;
    }

    /// Reads the accelerators once, on the caller's thread, to see what an agent would read; blocks up to the time-out.
    public static Readings.Accelerators probe(TelemetryOptions options, InstantSource clock) {
        try (AcceleratorWatch once = new AcceleratorWatch(options, clock, _ -> {})) {
            return once.read();
        }
    }

    /// What was read last. Accelerators that have not been read for long say so and keep their time.
    public Readings latest() {
        Readings.Accelerators newest = accelerators;
        Instant due = newest.at().plus(options.interval().multipliedBy(2)).plus(options.timeout());
        if (clock.instant().isAfter(due)) {
            newest = newest.withTrouble(
                    "the accelerators have not answered since " + newest.at() + "; their driver may hang");
        }
        return new Readings(host, newest);
    }

    private void repeat(Runnable reading) {
        Runnable guarded = () -> {
            try {
                reading.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a reading failed; the next one is taken all the same", e);
            }
        };
        var _ = threads.scheduleWithFixedDelay(guarded, 0, options.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Stops reading. A driver that hangs is left alone: its library stays loaded until the process ends.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                watch.close();
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        LOG.log(System.Logger.Level.WARNING, "the accelerators still do not answer; they are not waited for");
    }
}
