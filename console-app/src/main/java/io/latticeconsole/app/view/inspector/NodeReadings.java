package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.format.Figure;
import io.latticeconsole.app.format.Figures;
import io.latticeconsole.app.format.NodeCondition;
import io.latticeconsole.app.format.Times;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.Accelerator;
import io.latticeconsole.lattice.Node;
import io.latticeconsole.lattice.ObjectiveMetric;
import io.latticeconsole.telemetry.Metric;
import io.latticeconsole.telemetry.SampleStore;
import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Millis;
import io.latticeconsole.unit.PerSecond;
import io.latticeconsole.unit.Quantity;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The four readings of a node with their history, and its further numbers.
final class NodeReadings {
    private NodeReadings() {}

    static List<Reading> four(Seen seen, Node node, NodeCondition condition) {
        String latency = node.latencyMetric() == ObjectiveMetric.TTFT
                ? PaneText.of("reading.ttft")
                : PaneText.of("reading.latency", PaneText.of("objective", node.latencyMetric()));
        boolean processors = node.accelerators().stream().allMatch(Accelerator::isProcessors);
        String utilization = PaneText.of(processors ? "reading.processors" : "reading.utilization");
        return List.of(
                reading(seen, node, condition, utilization, Metric.UTILIZATION),
                reading(seen, node, condition, PaneText.of("reading.temperature"), Metric.TEMPERATURE_CELSIUS),
                reading(seen, node, condition, PaneText.of("reading.power"), Metric.POWER_WATTS),
                reading(seen, node, condition, latency, Metric.LATENCY_MS));
    }

    private static Reading reading(Seen seen, Node node, NodeCondition condition, String name, Metric metric) {
        int index = seen.state().nodes().index(node.id());
        float[] series = new float[SampleStore.HISTORY_SECONDS];
        long newest = seen.samples().copySeries(index, metric, series);
        int last = lastKnown(series);
        float now = seen.latest(node.id(), metric);
        boolean old = condition.isOld() || Float.isNaN(now);
        float before = last >= 0 ? series[last] : now;
        float[] low = new float[seen.samples().size()];
        float[] high = new float[seen.samples().size()];
        seen.samples().copyExpected(metric, low, high);
        boolean banded = index >= 0 && index < low.length;
        return new Reading(
                name,
                old ? Figure.NONE.text() : text(metric, now),
                old
                        ? was(metric, before, readAt(seen, node, newest - (series.length - 1 - last)), seen.wallNow())
                        : age(seen, node),
                old,
                series,
                banded ? low[index] : Double.NaN,
                banded ? high[index] : Double.NaN,
                condition == NodeCondition.DOWN && last >= 0 ? last : -1);
    }

    /// When a node told a reading of that second since 1970: with its newest report, or with an earlier one if it has
    /// gone on to report without it.
    private static @Nullable Instant readAt(Seen seen, Node node, long second) {
        Instant heard = seen.heard(node.id());
        Instant read = Instant.ofEpochSecond(second);
        return heard == null || heard.isBefore(read.plusSeconds(1)) ? heard : read;
    }

    private static String was(Metric metric, float value, @Nullable Instant read, Instant now) {
        if (Float.isNaN(value) || read == null) {
            return PaneText.of("reading.never");
        }
        return PaneText.of("reading.was", text(metric, value), Times.seconds(Duration.between(read, now)));
    }

    private static String age(Seen seen, Node node) {
        Instant heard = seen.heard(node.id());
        Duration age = heard == null ? Duration.ZERO : Duration.between(heard, seen.wallNow());
        return age.compareTo(NodeCondition.STALE_AFTER) <= 0 ? "" : PaneText.of("reading.age", Times.seconds(age));
    }

    private static int lastKnown(float[] series) {
        for (int i = series.length - 1; i >= 0; i--) {
            if (!Float.isNaN(series[i])) {
                return i;
            }
        }
        return -1;
    }

    static List<Section.Fact> further(Seen seen, Node node, NodeCondition condition) {
        List<Section.Fact> facts = new ArrayList<>();
        for (Metric metric : List.of(
                Metric.REQUESTS_PER_SECOND,
                Metric.TOKENS_PER_SECOND,
                Metric.QUEUE_DEPTH,
                Metric.IN_FLIGHT,
                Metric.KV_CACHE_USAGE,
                Metric.ERROR_RATIO,
                Metric.TTFT_P95_MS,
                Metric.E2E_P95_MS)) {
            float value = seen.latest(node.id(), metric);
            String text = text(metric, value);
            boolean was = condition.isOld() && !Float.isNaN(value);
            facts.add(new Section.Fact(
                    PaneText.of("metric", metric), was ? PaneText.of("reading.wasShort", text) : text));
        }
        return facts;
    }

    static String text(Metric metric, float value) {
        if (Float.isNaN(value)) {
            return Figure.NONE.text();
        }
        return switch (metric) {
            case QUEUE_DEPTH, IN_FLIGHT -> Figures.count(Math.round(value));
            case UTILIZATION,
                    TEMPERATURE_CELSIUS,
                    POWER_WATTS,
                    TTFT_P95_MS,
                    E2E_P95_MS,
                    LATENCY_MS,
                    REQUESTS_PER_SECOND,
                    TOKENS_PER_SECOND,
                    KV_CACHE_USAGE,
                    ERROR_RATIO -> Figures.text(quantity(metric, value));
        };
    }

    private static Quantity quantity(Metric metric, float value) {
        return switch (metric) {
            case TEMPERATURE_CELSIUS -> new Celsius(value);
            case POWER_WATTS -> new Watts(value);
            case TTFT_P95_MS, E2E_P95_MS, LATENCY_MS -> new Millis(value);
            case REQUESTS_PER_SECOND, TOKENS_PER_SECOND -> new PerSecond(value);
            case UTILIZATION, KV_CACHE_USAGE, ERROR_RATIO, QUEUE_DEPTH, IN_FLIGHT -> new Ratio(value);
        };
    }
}
