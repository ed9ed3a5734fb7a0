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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Judges the newest state once a second, and at once when it has changed, off the FX thread. [#look] is for one
/// scheduler
/// thread; [#troubles] for any.
final class TroubleLane {
    private static final System.Logger LOG = System.getLogger(TroubleLane.class.getName());

    private final LatticeStore store;
    private final InstantSource clock;
    private final TroubleWatch watch = new TroubleWatch();
    private final AtomicLong failures = new AtomicLong();
    private volatile Troubles troubles = Troubles.NONE;
    private long version = -1;
    private long second = -1;

    TroubleLane(LatticeStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Troubles troubles() {
        return troubles;
    }

    /// Defects that it survived; each is in the log.
    long failures() {
        return failures.get();
    }

    void look() {
        try {
            ConsoleState state = store.state();
            Instant now = clock.instant();
            if (state.version() != version || now.getEpochSecond() != second) {
                version = state.version();
                second = now.getEpochSecond();
                troubles = watch.observe(observed(state, store.samples()), now);
            }
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.log(System.Logger.Level.ERROR, "troubles could not be judged; tried again within a second", e);
        }
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
