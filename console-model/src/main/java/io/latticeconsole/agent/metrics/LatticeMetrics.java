package io.latticeconsole.agent.metrics;

import io.latticeconsole.lattice.GatewayId;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.telemetry.LedgerTotals;
import io.latticeconsole.telemetry.Metric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Nodes and requests as an endpoint knows them, as metrics `lattice_node_…` and `lattice_requests_…`: the same columns
/// and the same ledger that the console is told.
public final class LatticeMetrics {
    private static final double MILLIS = 1000;

    /// How a column is called, and by what its values are divided.
    private record Named(String name, @Nullable Unit unit, double per, String help) {}

    private LatticeMetrics() {}

    /// Adds a metric for each column of samples. `newest` gives values in the order of [Metric#column] and in
    /// the metric's unit; it is asked at each scrape, on the scrape's thread, and must not block.
    ///
    /// @throws IllegalArgumentException if the registry has them already
    public static void nodes(PrometheusRegistry registry, Supplier<Map<NodeId, float[]>> newest) {
        Gauges gauges = new Gauges(registry);
        for (Metric metric : Metric.values()) {
            Named named = named(metric);
            gauges.gauge(
                    "lattice_node_" + named.name(),
                    named.unit(),
                    named.help(),
                    List.of("node"),
                    told -> newest.get().forEach((node, values) -> {
                        if (metric.column() < values.length) {
                            told.value(values[metric.column()] / named.per(), node.name());
                        }
                    }));
        }
    }

    private static Named named(Metric metric) {
        return switch (metric) {
            case UTILIZATION -> new Named("utilization", Unit.RATIO, 1, "Share of time with work on it.");
            case TEMPERATURE_CELSIUS -> new Named("temperature", Unit.CELSIUS, 1, "Temperature of the hottest part.");
            case POWER_WATTS -> new Named("power", new Unit("watts"), 1, "Power drawn by its accelerators.");
            case TTFT_P95_MS -> seconds("ttft_p95", "Time to the first token, 95th percentile.");
            case E2E_P95_MS -> seconds("e2e_p95", "Time of a whole request, 95th percentile.");
            case REQUESTS_PER_SECOND -> new Named("requests_per_second", null, 1, "Requests finished each second.");
            case TOKENS_PER_SECOND -> new Named("tokens_per_second", null, 1, "Tokens generated each second.");
            case QUEUE_DEPTH -> new Named("queued_requests", null, 1, "Requests that wait.");
            case IN_FLIGHT -> new Named("in_flight_requests", null, 1, "Requests that are being served.");
            case KV_CACHE_USAGE -> new Named("kv_cache_usage", Unit.RATIO, 1, "Share of the KV cache in use.");
            case ERROR_RATIO -> new Named("error", Unit.RATIO, 1, "Share of requests that failed.");
            case LATENCY_MS -> seconds("latency", "The latency that its main model's objective is about.");
        };
    }

    private static Named seconds(String name, String help) {
        return new Named(name, Unit.SECONDS, MILLIS, help);
    }

    /// Adds the ledger of an ingress: requests arrived = finished + rejected + aborted + lost + in flight. `ledger` is
    /// asked as above.
    public static void ledger(PrometheusRegistry registry, GatewayId ingress, Supplier<LedgerTotals> ledger) {
        Ledger metrics = new Ledger(new Gauges(registry), ingress.name(), ledger);
        metrics.count("arrived", "Requests that arrived.", LedgerTotals::arrived);
        metrics.count("finished", "Requests answered with success.", LedgerTotals::finished);
        metrics.count("rejected", "Requests turned away.", LedgerTotals::rejected);
        metrics.count("aborted", "Requests ended by a drain that had to.", LedgerTotals::aborted);
        metrics.count("lost", "Requests without success by the client's deadline.", LedgerTotals::lost);
        metrics.count("retried", "Requests sent to another node again.", LedgerTotals::retried);
        metrics.count("migrated", "Requests continued on another node.", LedgerTotals::migrated);
        metrics.count(
                "duplicate_executions", "Replies that came after another one.", LedgerTotals::duplicateExecutions);
        metrics.gauges.gauge(
                "lattice_requests_in_flight",
                null,
                "Requests that arrived and have no end yet.",
                List.of("ingress"),
                told -> told.value((double) ledger.get().inFlight(), ingress.name()));
    }

    private record Ledger(Gauges gauges, String ingress, Supplier<LedgerTotals> totals) {
        void count(String name, String help, ToDoubleFunction<LedgerTotals> value) {
            gauges.counter(
                    "lattice_requests_" + name,
                    help,
                    List.of("ingress"),
                    told -> told.value(value.applyAsDouble(totals.get()), ingress));
        }
    }
}
