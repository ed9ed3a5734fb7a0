package io.latticeconsole.agent.telemetry;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// What to read and how. `accelerators` AUTO takes the first of NVML, `nvidia-smi` and nothing that can be used;
/// `nvmlLibrary` is a path or a name that the system's loader finds; `nvidiaSmi` likewise a path or a name; `dcgm` is
/// the exporter's page, needed for DCGM only. A reading is taken every `interval`, and a source that takes longer than
/// `timeout` has failed; one that failed is tried again after `retry`.
public record TelemetryOptions(
        Accelerators accelerators,
        String nvmlLibrary,
        String nvidiaSmi,
        Optional<URI> dcgm,
        Duration interval,
        Duration timeout,
        Duration retry) {

    /// Where readings of accelerators come from.
    public enum Accelerators {
        AUTO,
        NVML,
        NVIDIA_SMI,
        DCGM,
        NONE
    }

    /// Reads what there is, each second.
    public static final TelemetryOptions DEFAULT = new TelemetryOptions(
            Accelerators.AUTO,
            "libnvidia-ml.so.1",
            "nvidia-smi",
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    /// @throws IllegalArgumentException if a duration is not positive, or DCGM is wanted without its address
    public TelemetryOptions {
        positive("interval", interval);
        positive("timeout", timeout);
        positive("retry", retry);
        if (accelerators == Accelerators.DCGM && dcgm.isEmpty()) {
            throw new IllegalArgumentException("expected the address of the DCGM exporter's page");
        }
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " is " + duration + ", expected more than nothing");
        }
    }

    public TelemetryOptions withAccelerators(Accelerators other) {
        return new TelemetryOptions(other, nvmlLibrary, nvidiaSmi, dcgm, interval, timeout, retry);
    }

    public TelemetryOptions withNvmlLibrary(String other) {
        return new TelemetryOptions(accelerators, other, nvidiaSmi, dcgm, interval, timeout, retry);
    }

    public TelemetryOptions withNvidiaSmi(String other) {
        return new TelemetryOptions(accelerators, nvmlLibrary, other, dcgm, interval, timeout, retry);
    }

    public TelemetryOptions withDcgm(URI other) {
        return new TelemetryOptions(
                Accelerators.DCGM, nvmlLibrary, nvidiaSmi, Optional.of(other), interval, timeout, retry);
    }

    public TelemetryOptions withTimes(Duration newInterval, Duration newTimeout, Duration newRetry) {
        return new TelemetryOptions(accelerators, nvmlLibrary, nvidiaSmi, dcgm, newInterval, newTimeout, newRetry);
    }
}
