package io.latticeconsole.app.view.nodes;

import io.latticeconsole.app.format.NodeCondition;
import io.latticeconsole.app.format.Steady;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.telemetry.Metric;
import java.util.Arrays;

/// One node in the table. The row stays while its readings change in place; cells read it once per tick.
public final class NodeRow {
    private final NodeId id;
    private int index = -1;
    private final float[] values = new float[Metric.COUNT];
    private final Steady[] steady = new Steady[Metric.COUNT];
    private String site = "";
    private String nodeClass = "";
    private String address = "";
    private AdminState admin = AdminState.SERVING;
    private Health health = Health.UP;
    private NodeCondition condition = NodeCondition.STALE;
    private int priority;
    private long ageMillis = -1;

    NodeRow(NodeId id) {
        this.id = id;
        Arrays.fill(values, Float.NaN);
        for (Metric metric : Metric.values()) {
            steady[metric.column()] = steady(metric);
        }
    }

    public NodeId id() {
        return id;
    }

    /// Its place in the columns of samples, -1 while it has none.
    int index() {
        return index;
    }

    void place(int newIndex) {
        index = newIndex;
    }

    /// `PAR-1 / n2`.
    public String name() {
        return site + " / " + id.code();
    }

    public String site() {
        return site;
    }

    public String nodeClass() {
        return nodeClass;
    }

    public String address() {
        return address;
    }

    public AdminState admin() {
        return admin;
    }

    public Health health() {
        return health;
    }

    public NodeCondition condition() {
        return condition;
    }

    /// Alarm priority, 1 to 4, 0 for none.
    public int priority() {
        return priority;
    }

    /// Age of the last reading in ms of wall time, -1 if there never was one.
    public long ageMillis() {
        return ageMillis;
    }

    /// The newest reading in the metric's unit, NaN for none.
    public float value(Metric metric) {
        return values[metric.column()];
    }

    /// The reading as the table shows it, held still against noise; NaN for none.
    public double shown(Metric metric) {
        return steady[metric.column()].shown();
    }

    /// Takes the newest readings over into what is shown.
    void settle(long wallMillis) {
        for (int m = 0; m < values.length; m++) {
            steady[m].follow(values[m], wallMillis);
        }
    }

    private static Steady steady(Metric metric) {
        return switch (metric) {
            case UTILIZATION, KV_CACHE_USAGE -> new Steady(0, 0.04);
            case TEMPERATURE_CELSIUS -> new Steady(0, 2);
            case POWER_WATTS -> new Steady(0.06, 10);
            case TTFT_P95_MS, E2E_P95_MS, LATENCY_MS -> new Steady(0.12, 2);
            case REQUESTS_PER_SECOND -> Steady.ofRate(0.12);
            case TOKENS_PER_SECOND -> new Steady(0.12, 2);
            case QUEUE_DEPTH, IN_FLIGHT -> new Steady(0.25, 3);
            case ERROR_RATIO -> new Steady(0.1, 0.003);
        };
    }

    void state(String siteCode, String nodeClass, String address, AdminState admin, Health health) {
        this.site = siteCode;
        this.nodeClass = nodeClass;
        this.address = address;
        this.admin = admin;
        this.health = health;
    }

    void now(NodeCondition condition, int priority, long ageMillis) {
        this.condition = condition;
        this.priority = priority;
        this.ageMillis = ageMillis;
    }

    void value(Metric metric, float value) {
        values[metric.column()] = value;
    }
}
