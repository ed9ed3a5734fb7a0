package io.latticeconsole.app;

import io.latticeconsole.alarm.NodeReadings;
import io.latticeconsole.alarm.Observed;
import io.latticeconsole.alarm.TroubleWatch;
import io.latticeconsole.alarm.Troubles;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.store.ConsoleState;
import io.latticeconsole.store.LatticeStore;
import io.latticeconsole.store.LiveTraffic;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleStore;
import io.latticeconsole.telemetry.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Judges the newest state once a second, and as soon as it has changed, off the FX thread, on a lane of its owner's.
/// [#troubles] and [#subscribe] are for any thread.
final class TroubleLane implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TroubleLane.class.getName());
    /// A burst of changes is judged together.
    private static final Duration GATHERING = Duration.ofMillis(20);
    /// In a large lattice that changes all the time judging takes no more than this part of a core.
    private static final int PART = 10;

    private final LatticeStore store;
    private final ScheduledExecutorService lane;
    private final InstantSource clock;
    private final TroubleWatch watch = new TroubleWatch();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Subscription changes;
    private volatile Troubles troubles = Troubles.NONE;
    private Instant next = Instant.EPOCH;

    TroubleLane(LatticeStore store, ScheduledExecutorService lane, InstantSource clock) {
        this.store = store;
        this.lane = lane;
        this.clock = clock;
        changes = store.subscribe(_ -> ask());
        var _ = lane.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    Troubles troubles() {
        return troubles;
    }

    /// Calls back on the lane whenever the troubles have changed.
    Subscription subscribe(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Defects that it survived; each is in the log.
    long failures() {
        return failures.get();
    }

    private void ask() {
        if (asked.compareAndSet(false, true)) {
            try {
                lane.execute(this::answer);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "nothing is judged any more: the console closes", e);
            }
        }
    }

    private void answer() {
        Duration early = Duration.between(clock.instant(), next);
        if (early.isPositive()) {
            var _ = lane.schedule(this::answer, early.toNanos(), TimeUnit.NANOSECONDS);
            return;
        }
        asked.set(false);
        look();
    }

    private void look() {
        try {
            Instant now = clock.instant();
            Troubles seen = watch.observe(observed(store.state(), store.samples()), now);
            Instant done = clock.instant();
            Duration pause = Duration.between(now, done).multipliedBy(PART);
            next = done.plus(pause.compareTo(GATHERING) > 0 ? pause : GATHERING);
            if (!seen.equals(troubles)) {
                troubles = seen;
                listeners.forEach(Runnable::run);
            }
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.log(System.Logger.Level.ERROR, "troubles could not be judged; tried again within a second", e);
        }
    }

    /// Ends the calls; the lane goes on.
    @Override
    public void close() {
        changes.close();
    }

    private static Observed observed(ConsoleState state, SampleStore samples) {
        Set<RegionId> unreachable = state.lattice().regions().keySet().stream()
                .filter(region -> !state.isReachable(region))
                .collect(Collectors.toSet());
        return new Observed(
                state.lattice(),
                state.nodes().ids(),
                new Copied(samples),
                LiveTraffic.of(state, samples).objectiveP95(state),
                unreachable);
    }

    /// The newest readings, copied once.
    private static final class Copied implements NodeReadings {
        private static final Metric[] BANDS = {
            Metric.UTILIZATION, Metric.TEMPERATURE_CELSIUS, Metric.POWER_WATTS, Metric.LATENCY_MS
        };

        private final Map<Metric, float[]> values = new EnumMap<>(Metric.class);
        private final float[][] low = new float[BANDS.length][];
        private final float[][] high = new float[BANDS.length][];

        Copied(SampleStore samples) {
            int size = samples.size();
            for (int band = 0; band < BANDS.length; band++) {
                float[] column = nothing(size);
                samples.copyLatest(BANDS[band], column);
                values.put(BANDS[band], column);
                low[band] = nothing(size);
                high[band] = nothing(size);
                samples.copyExpected(BANDS[band], low[band], high[band]);
            }
        }

        private static float[] nothing(int size) {
            float[] column = new float[size];
            Arrays.fill(column, Float.NaN);
            return column;
        }

        @Override
        public float value(int node, Metric metric) {
            float[] column = values.get(metric);
            return column == null || node >= column.length ? Float.NaN : column[node];
        }

        @Override
        public float expectedLow(int node, int band) {
            return node >= low[band].length ? Float.NaN : low[band][node];
        }

        @Override
        public float expectedHigh(int node, int band) {
            return node >= high[band].length ? Float.NaN : high[band][node];
        }
    }
}
