package io.latticeconsole.agent.metrics;

import io.latticeconsole.agent.telemetry.AcceleratorReading;
import io.latticeconsole.agent.telemetry.Readings;
import io.latticeconsole.agent.telemetry.ThrottleReason;
import io.latticeconsole.lattice.NodeId;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// An agent's machine and its accelerators as metrics `lattice_host_…` and `lattice_accelerator_…`.
public final class MachineMetrics {
    private static final List<String> HOST = List.of("node");
    private static final List<String> ACCELERATOR = List.of("node", "accelerator", "uuid");
    private static final String PREFIX = "lattice_accelerator_";
    private static final double HERTZ = 1e6;

    private final Gauges gauges;
    private final String node;
    private final Supplier<Readings> readings;

    private MachineMetrics(PrometheusRegistry registry, NodeId node, Supplier<Readings> readings) {
        this.gauges = new Gauges(registry);
        this.node = node.name();
        this.readings = readings;
    }

    /// Adds them; `readings` is asked at each scrape, on the scrape's thread, and must not block.
    ///
    /// @throws IllegalArgumentException if the registry has them already
    public static void register(PrometheusRegistry registry, NodeId node, Supplier<Readings> readings) {
        MachineMetrics metrics = new MachineMetrics(registry, node, readings);
        metrics.host();
        metrics.state();
        metrics.measures();
        metrics.throttling();
    }

    private void host() {
        host(
                "cpu_usage",
                Unit.RATIO,
                "Share of all cores in use.",
                r -> r.host().busy().value());
        host("memory", Unit.BYTES, "Main memory.", r -> r.host().memoryBytes());
        host("memory_used", Unit.BYTES, "Main memory in use.", r -> r.host().memoryUsedBytes());
        host(
                "temperature",
                Unit.CELSIUS,
                "Temperature of the processor.",
                r -> r.host().temperature().value());
        host(
                "accelerators_read_timestamp",
                Unit.SECONDS,
                "When the accelerators were read last.",
                r -> r.accelerators().at().toEpochMilli() / 1000.0);
    }

    private void state() {
        of("healthy", null, "1 if replicas can run on it, 0 if it has failed.", a -> a.isHealthy() ? 1 : 0);
        of("last_xid", null, "The last XID error, 0 if none.", AcceleratorReading::lastXid);
        gauges.gauge(
                PREFIX + "info",
                null,
                "Always 1; says what the accelerator is.",
                List.of("node", "accelerator", "uuid", "product"),
                told -> readings.get()
                        .accelerators()
                        .list()
                        .forEach(a -> told.value(
                                1,
                                node,
                                index(a),
                                a.identity().uuid(),
                                a.identity().product())));
    }

    private void measures() {
        of(
                "utilization",
                Unit.RATIO,
                "Share of time with work on it.",
                a -> a.utilization().value());
        of(
                "temperature",
                Unit.CELSIUS,
                "Temperature of the chip.",
                a -> a.temperature().value());
        Unit watts = new Unit("watts");
        of("power", watts, "Power drawn.", a -> a.power().value());
        of(
                "power_limit",
                watts,
                "Power that it may draw.",
                a -> a.identity().powerLimit().value());
        of("memory", Unit.BYTES, "Memory.", a -> a.identity().memoryBytes());
        of("memory_used", Unit.BYTES, "Memory in use.", AcceleratorReading::memoryUsedBytes);
        Unit hertz = new Unit("hertz");
        of("clock", hertz, "Clock of the multiprocessors.", a -> a.clocks().multiprocessors() * HERTZ);
        of("memory_clock", hertz, "Clock of the memory.", a -> a.clocks().memory() * HERTZ);
        errors(
                "ecc_errors_corrected",
                "Memory errors corrected since the driver was loaded.",
                a -> a.ecc().corrected());
        errors(
                "ecc_errors_uncorrected",
                "Memory errors not corrected, likewise.",
                a -> a.ecc().uncorrected());
    }

    private void throttling() {
        gauges.gauge(
                PREFIX + "throttled",
                null,
                "1 while its clocks are held down for a reason.",
                List.of("node", "accelerator", "uuid", "reason"),
                told -> readings.get().accelerators().list().forEach(a -> {
                    for (ThrottleReason reason : ThrottleReason.values()) {
                        String text = reason.name().toLowerCase(Locale.ROOT);
                        double on = a.throttling().contains(reason) ? 1 : 0;
                        told.value(on, node, index(a), a.identity().uuid(), text);
                    }
                }));
    }

    private void host(String name, Unit unit, String help, ToDoubleFunction<Readings> value) {
        gauges.gauge(
                "lattice_host_" + name,
                unit,
                help,
                HOST,
                told -> told.value(value.applyAsDouble(readings.get()), node));
    }

    private void of(String name, @Nullable Unit unit, String help, ToDoubleFunction<AcceleratorReading> value) {
        gauges.gauge(PREFIX + name, unit, help, ACCELERATOR, told -> each(told, value));
    }

    private void errors(String name, String help, ToDoubleFunction<AcceleratorReading> value) {
        gauges.counter(PREFIX + name, help, ACCELERATOR, told -> each(told, value));
    }

    private void each(Gauges.Told told, ToDoubleFunction<AcceleratorReading> value) {
        readings.get()
                .accelerators()
                .list()
                .forEach(a -> told.value(
                        value.applyAsDouble(a), node, index(a), a.identity().uuid()));
    }

    private static String index(AcceleratorReading reading) {
        return String.valueOf(reading.identity().index());
    }
}
