package io.latticeconsole.agent.node;

import io.latticeconsole.agent.telemetry.AcceleratorReading;
import io.latticeconsole.agent.telemetry.Readings;
import io.latticeconsole.agent.telemetry.ThrottleReason;
import io.latticeconsole.gateway.NodeReport;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Makes a machine's reports from what was read of it and from its replicas. One thread.
///
/// Where there is no accelerator, the processors do the work: their load and temperature are the node's. What nothing
/// tells is no reading.
final class MachineReports {
    private static final Set<ThrottleReason> SLOWED =
            Set.of(ThrottleReason.SOFTWARE_THERMAL, ThrottleReason.HARDWARE_THERMAL, ThrottleReason.HARDWARE_SLOWDOWN);
    private static final Set<ThrottleReason> CAPPED = Set.of(ThrottleReason.POWER_CAP, ThrottleReason.POWER_BRAKE);

    private final Supplier<Readings> readings;
    private final Replicas replicas;
    private final long boot;
    private long last;

    MachineReports(Supplier<Readings> readings, Replicas replicas, long boot, long now) {
        this.readings = readings;
        this.replicas = replicas;
        this.boot = boot;
        this.last = now;
    }

    /// The report of this moment. @param now ns of the system's timer
    NodeReport next(long now) {
        Readings read = readings.get();
        List<AcceleratorReading> accelerators = read.accelerators().list();
        Replicas.Told told = replicas.report(Math.max(0.001, (now - last) / 1e9));
        last = now;
        double requests = 0;
        for (NodeReport.Replica r : told.replicas()) {
            requests += r.requestsPerSecond();
        }
        boolean onHost = accelerators.isEmpty();
        return new NodeReport(
                -1,
                now,
                boot,
                onHost
                        ? read.host().busy().value()
                        : mean(accelerators, a -> a.utilization().value()),
                onHost
                        ? read.host().temperature().value()
                        : most(accelerators, a -> a.temperature().value()),
                onHost ? Double.NaN : sum(accelerators, a -> a.power().value()),
                told.latencyP95(),
                told.latencyP95(),
                told.latencyP95(),
                requests,
                Double.NaN,
                told.errorRatio(),
                throttled(accelerators, SLOWED),
                throttled(accelerators, CAPPED),
                told.replicas(),
                gpus(accelerators));
    }

    private static boolean throttled(List<AcceleratorReading> list, Set<ThrottleReason> reasons) {
        return list.stream().anyMatch(a -> a.throttling().stream().anyMatch(reasons::contains));
    }

    private static NodeReport.Gpu[] gpus(List<AcceleratorReading> accelerators) {
        return accelerators.isEmpty()
                ? new NodeReport.Gpu[] {new NodeReport.Gpu(true, 0)}
                : accelerators.stream()
                        .map(a -> new NodeReport.Gpu(a.isHealthy(), a.lastXid()))
                        .toArray(NodeReport.Gpu[]::new);
    }

    private static double mean(List<AcceleratorReading> list, ToDoubleFunction<AcceleratorReading> value) {
        return list.stream()
                .mapToDouble(value)
                .filter(v -> !Double.isNaN(v))
                .average()
                .orElse(Double.NaN);
    }

    private static double most(List<AcceleratorReading> list, ToDoubleFunction<AcceleratorReading> value) {
        return list.stream()
                .mapToDouble(value)
                .filter(v -> !Double.isNaN(v))
                .max()
                .orElse(Double.NaN);
    }

    /// A sum of some parts would look like the whole: it is a reading only if all are.
    private static double sum(List<AcceleratorReading> list, ToDoubleFunction<AcceleratorReading> value) {
        return list.stream().mapToDouble(value).sum();
    }
}
