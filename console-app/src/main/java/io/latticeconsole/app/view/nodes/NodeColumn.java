package io.latticeconsole.app.view.nodes;

import io.latticeconsole.app.format.Figure;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.NodeCondition;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Duration;
import java.util.Comparator;

/// The columns of the nodes table: what they show, how they sort, what goes into a CSV. Rows without a reading sort
/// last when sorted downwards.
public enum NodeColumn {
    NODE(108, false),
    SITE(0, false),
    CLASS(96, false),
    CONDITION(140, false),
    ADMIN(0, false),
    HEALTH(0, false),
    UTILIZATION(60, true),
    TEMPERATURE(66, true),
    // Not 80: JavaFX takes that for no width at all, and fits the column to what it shows first.
    POWER(82, true),
    LATENCY(82, true),
    REQUESTS(86, true),
    TOKENS(86, true),
    QUEUE(70, true),
    IN_FLIGHT(78, true),
    KV_CACHE(84, true),
    ERRORS(72, true),
    AGE(70, true);

    private final int width;
    private final boolean numeric;

    NodeColumn(int width, boolean numeric) {
        this.width = width;
        this.numeric = numeric;
    }

    int width() {
        return width;
    }

    /// Whether the table shows it; the others are told by those shown, and are in the CSV for whoever computes.
    boolean isInTable() {
        return width > 0;
    }

    boolean isNumeric() {
        return numeric;
    }

    public String title() {
        return PaneText.of("node.column", this);
    }

    public String text(NodeRow row) {
        return switch (this) {
            case NODE -> row.name();
            case SITE -> row.site();
            case CLASS -> row.nodeClass();
            case CONDITION -> condition(row);
            case ADMIN -> PaneText.of("admin", row.admin());
            case HEALTH -> PaneText.of("health", row.health());
            case AGE -> age(row);
            case UTILIZATION, TEMPERATURE, POWER, LATENCY, REQUESTS, TOKENS, QUEUE, IN_FLIGHT, KV_CACHE, ERRORS ->
                reading(row.shown(metric()));
        };
    }

    /// `serving`, `down`; `down, drained` where the node is also out of service.
    private static String condition(NodeRow row) {
        String condition = PaneText.of("condition", row.condition());
        return row.condition().isTrouble() && row.admin() != AdminState.SERVING
                ? PaneText.of("condition.also", condition, PaneText.of("admin", row.admin()))
                : condition;
    }

    /// Counted up only once it matters.
    private static String age(NodeRow row) {
        if (row.ageMillis() < 0) {
            return Figure.NONE.text();
        }
        Duration age = Duration.ofMillis(row.ageMillis());
        boolean live = !row.condition().isOld() && age.compareTo(NodeCondition.STALE_AFTER) <= 0;
        return live ? PaneText.of("node.live") : Times.seconds(age);
    }

    private String reading(double value) {
        return switch (this) {
            case UTILIZATION, KV_CACHE, ERRORS -> Figures.text(new Ratio(value));
            case TEMPERATURE -> Figures.text(new Celsius(value));
            case POWER -> Figures.text(new Watts(value));
            case LATENCY -> Figures.text(new Millis(value));
            case REQUESTS, TOKENS -> Figures.text(new PerSecond(value));
            case QUEUE, IN_FLIGHT -> Double.isNaN(value) ? Figure.NONE.text() : Figures.count(Math.round(value));
            case NODE, SITE, CLASS, CONDITION, ADMIN, HEALTH, AGE -> "";
        };
    }

    /// The metric that a numeric column other than the age shows.
    private Metric metric() {
        return switch (this) {
            case UTILIZATION -> Metric.UTILIZATION;
            case TEMPERATURE -> Metric.TEMPERATURE_CELSIUS;
            case POWER -> Metric.POWER_WATTS;
            case REQUESTS -> Metric.REQUESTS_PER_SECOND;
            case TOKENS -> Metric.TOKENS_PER_SECOND;
            case QUEUE -> Metric.QUEUE_DEPTH;
            case IN_FLIGHT -> Metric.IN_FLIGHT;
            case KV_CACHE -> Metric.KV_CACHE_USAGE;
            case ERRORS -> Metric.ERROR_RATIO;
            case LATENCY, NODE, SITE, CLASS, CONDITION, ADMIN, HEALTH, AGE -> Metric.LATENCY_MS;
        };
    }

    Comparator<NodeRow> order() {
        return switch (this) {
            case NODE -> Comparator.comparing(NodeRow::id);
            case SITE -> Comparator.comparing(NodeRow::site);
            case CLASS -> Comparator.comparing(NodeRow::nodeClass);
            case CONDITION -> Comparator.comparing(NodeRow::condition).thenComparing(NodeRow::admin);
            case ADMIN -> Comparator.comparing(NodeRow::admin);
            case HEALTH -> Comparator.comparing(NodeRow::health);
            case AGE -> Comparator.comparingLong(NodeRow::ageMillis);
            case UTILIZATION, TEMPERATURE, POWER, LATENCY, REQUESTS, TOKENS, QUEUE, IN_FLIGHT, KV_CACHE, ERRORS -> {
                Metric metric = metric();
                yield (a, b) -> Double.compare(known(a.shown(metric)), known(b.shown(metric)));
            }
        };
    }

    private static double known(double value) {
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }

    /// The raw value for a CSV: numbers in the unit that the heading names, empty for no reading.
    String raw(NodeRow row) {
        if (!numeric) {
            return text(row);
        }
        if (this == AGE) {
            return row.ageMillis() < 0 ? "" : Double.toString(row.ageMillis() / 1000.0);
        }
        float value = row.value(metric());
        return Float.isNaN(value) ? "" : Float.toString(value);
    }

    String csvTitle() {
        return PaneText.of("node.csv", this);
    }
}
