package io.latticeconsole.app.view.map.scene;

import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What the lattice is like at one moment, as columns by node and link index of one [MapTopology]. Immutable.
///
/// Values are in the metric's own unit; `NaN` is *no reading*. Priorities run from 0 (no alarm), 1 (critical) to 4
/// (low).
public final class MapFrame {
    private static final Health[] HEALTH = Health.values();
    private static final AdminState[] ADMIN = AdminState.values();
    private static final Freshness[] FRESHNESS = Freshness.values();

    private final int nodes;
    private final int links;
    private final float[] value;
    private final float[] low;
    private final float[] high;
    private final float[] deviation;
    private final byte[] health;
    private final byte[] admin;
    private final byte[] freshness;
    private final byte[] priority;
    private final BitSet armed;
    private final float[] linkRate;
    private final float[] linkLatency;
    private final float[] shownRate;
    private final float[] shownLatency;
    private final List<Comet> comets;
    private final SparkSource sparks;
    private final IntFunction<String> details;

    private MapFrame(Builder b) {
        nodes = b.health.length;
        links = b.linkRate.length;
        value = b.value;
        low = b.low;
        high = b.high;
        deviation = b.deviations();
        health = b.health;
        admin = b.admin;
        freshness = b.freshness;
        priority = b.priority;
        armed = b.armed;
        linkRate = b.linkRate;
        linkLatency = b.linkLatency;
        shownRate = b.shownRates();
        shownLatency = b.shownLatencies();
        comets = List.copyOf(b.comets);
        sparks = b.sparks;
        details = b.details;
    }

    /// A frame of a topology in which nothing has been read yet.
    public static MapFrame unread(MapTopology topology) {
        return new Builder(topology).build();
    }

    public int nodeCount() {
        return nodes;
    }

    public int linkCount() {
        return links;
    }

    public float value(int node, int metric) {
        return value[node * Mark.COUNT + metric];
    }

    public float bandLow(int node, int metric) {
        return low[node * Mark.COUNT + metric];
    }

    public float bandHigh(int node, int metric) {
        return high[node * Mark.COUNT + metric];
    }

    /// Where the value is shown against its expected band: 0 at its low end, 1 at its high end, `NaN` without a
    /// reading; in the middle where nothing is expected. In a frame that comes after another it rests while the
    /// value only trembles, see [DeadBand].
    public float deviation(int node, int metric) {
        return deviation[node * Mark.COUNT + metric];
    }

    public Health health(int node) {
        return HEALTH[health[node]];
    }

    public AdminState admin(int node) {
        return ADMIN[admin[node]];
    }

    public Freshness freshness(int node) {
        return FRESHNESS[freshness[node]];
    }

    public int priority(int node) {
        return priority[node];
    }

    public boolean armed(int node) {
        return armed.get(node);
    }

    /// Everything about a node that is no measured value, in one number: equal numbers look equal.
    public int condition(int node) {
        return health[node]
                | admin[node] << 2
                | freshness[node] << 5
                | priority[node] << 7
                | (armed.get(node) ? 1024 : 0);
    }

    /// Requests per second observed on a link.
    public float linkRate(int link) {
        return linkRate[link];
    }

    /// Latency observed on a link, ms; `NaN` when unknown.
    public float linkLatency(int link) {
        return linkLatency[link];
    }

    /// The rate that a link is drawn for, requests per second; rests like [#deviation].
    public float shownRate(int link) {
        return shownRate[link];
    }

    /// The latency that a link is drawn for, ms, `NaN` when unknown; rests like [#deviation].
    public float shownLatency(int link) {
        return shownLatency[link];
    }

    public List<Comet> comets() {
        return comets;
    }

    public SparkSource sparks() {
        return sparks;
    }

    /// What a node runs, in short, shown when there is room; empty if nothing is known.
    public String detail(int node) {
        return details.apply(node);
    }

    /// Collects a frame for one topology; hands its arrays over, so it is spent after [#build()]. Not thread-safe.
    public static final class Builder {
        private final float[] value;
        private final float[] low;
        private final float[] high;
        private final byte[] health;
        private final byte[] admin;
        private final byte[] freshness;
        private final byte[] priority;
        private final BitSet armed;
        private final float[] linkRate;
        private final float[] linkLatency;
        private List<Comet> comets = List.of();
        private SparkSource sparks = SparkSource.NONE;
        private IntFunction<String> details = _ -> "";
        private @Nullable MapFrame nodesBefore;
        private int[] linkBefore = new int[0];
        private boolean spent;

        public Builder(MapTopology topology) {
            int n = topology.nodeCount();
            value = new float[n * Mark.COUNT];
            low = new float[n * Mark.COUNT];
            high = new float[n * Mark.COUNT];
            Arrays.fill(value, Float.NaN);
            Arrays.fill(high, 1);
            health = new byte[n];
            admin = new byte[n];
            freshness = new byte[n];
            priority = new byte[n];
            armed = new BitSet(n);
            linkRate = new float[topology.linkCount()];
            linkLatency = new float[topology.linkCount()];
            Arrays.fill(linkLatency, Float.NaN);
        }

        /// Sets one mark: its value (`NaN`: no reading) and its expected band.
        public Builder mark(int node, Mark metric, double reading, double bandLow, double bandHigh) {
            int i = node * Mark.COUNT + metric.index();
            value[i] = (float) reading;
            low[i] = (float) bandLow;
            high[i] = (float) bandHigh;
            return this;
        }

        @SuppressWarnings("EnumOrdinal") // kept in a byte within one process, read back by the same order
        public Builder condition(int node, Health h, AdminState a, Freshness f) {
            health[node] = (byte) h.ordinal();
            admin[node] = (byte) a.ordinal();
            freshness[node] = (byte) f.ordinal();
            return this;
        }

        /// Sets a node's alarm priority, 0 (none) or 1 (critical) to 4 (low).
        public Builder priority(int node, int level) {
            if (level < 0 || level > 4) {
                throw new IllegalArgumentException("Priority %d of node %d is not 0 to 4".formatted(level, node));
            }
            priority[node] = (byte) level;
            return this;
        }

        public Builder armed(int node, boolean isArmed) {
            armed.set(node, isArmed);
            return this;
        }

        public Builder link(int link, double requestsPerSecond, double latencyMs) {
            linkRate[link] = (float) requestsPerSecond;
            linkLatency[link] = (float) latencyMs;
            return this;
        }

        public Builder comets(List<Comet> list) {
            comets = list;
            return this;
        }

        public Builder sparks(SparkSource source) {
            sparks = source;
            return this;
        }

        /// @param source what a node runs by its index; asked while the frame is drawn, by any thread
        public Builder details(IntFunction<String> source) {
            details = source;
            return this;
        }

        /// Goes on from the frame shown last: what only trembles stays where it is.
        ///
        /// @param topology what that frame belongs to @param next what this one belongs to
        public Builder after(MapFrame before, MapTopology topology, MapTopology next) {
            nodesBefore = topology.sameObjects(next) ? before : null;
            linkBefore = nodesBefore == null ? new int[0] : topology.indexesOfLinks(next);
            return this;
        }

        private float[] deviations() {
            float[] shown = new float[value.length];
            for (int i = 0; i < shown.length; i++) {
                float width = high[i] - low[i];
                float now = width > 0 ? (value[i] - low[i]) / width : Float.isNaN(value[i]) ? Float.NaN : 0.5f;
                shown[i] = nodesBefore == null ? now : DeadBand.deviation(nodesBefore.deviation[i], now);
            }
            return shown;
        }

        private float[] shownRates() {
            float[] shown = linkRate.clone();
            float busiest = 0;
            for (float rate : linkRate) {
                busiest = Math.max(busiest, rate);
            }
            float used = DeadBand.used(busiest);
            for (int l = 0; l < linkBefore.length; l++) {
                float before = linkBefore[l] < 0 || nodesBefore == null ? 0 : nodesBefore.shownRate[linkBefore[l]];
                shown[l] = DeadBand.rate(before, linkRate[l], used);
            }
            return shown;
        }

        private float[] shownLatencies() {
            float[] shown = linkLatency.clone();
            for (int l = 0; l < linkBefore.length; l++) {
                if (linkBefore[l] >= 0 && nodesBefore != null) {
                    shown[l] = DeadBand.latency(nodesBefore.shownLatency[linkBefore[l]], linkLatency[l]);
                }
            }
            return shown;
        }

        public MapFrame build() {
            if (spent) {
                throw new IllegalStateException("This builder has already handed its arrays over");
            }
            spent = true;
            return new MapFrame(this);
        }
    }
}
