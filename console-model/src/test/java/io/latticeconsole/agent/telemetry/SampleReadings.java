package io.latticeconsole.agent.telemetry;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Ratio;
import io.latticeconsole.unit.Watts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Readings for tests: a GPU at work beside one that fell off the bus, in a machine without a sensor.
public final class SampleReadings {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private SampleReadings() {}

    public static Readings twoGpus() {
        return of(List.of(gpu(31.25), AcceleratorReading.none(identity(1, "GPU-bb"), AcceleratorCondition.LOST, 79)));
    }

    public static Readings onePower(double watts) {
        return of(List.of(gpu(watts)));
    }

    private static Readings of(List<AcceleratorReading> gpus) {
        return new Readings(
                new HostReading(AT, new Ratio(0.5), 16e9, 4e9, Celsius.NONE),
                new Readings.Accelerators(AT, gpus, "a test", Optional.empty()));
    }

    private static AcceleratorReading gpu(double watts) {
        return new AcceleratorReading(
                identity(0, "GPU-aa"),
                AcceleratorCondition.ANSWERING,
                0,
                new Ratio(0.4),
                new Celsius(61),
                new Watts(watts),
                1e9,
                new Clocks(2040, 6251),
                new EccErrors(3, 0),
                Set.of(ThrottleReason.POWER_CAP));
    }

    private static AcceleratorIdentity identity(int index, String uuid) {
        return new AcceleratorIdentity(index, uuid, "NVIDIA L4", 24e9, new Watts(72), new Celsius(96), false);
    }
}
