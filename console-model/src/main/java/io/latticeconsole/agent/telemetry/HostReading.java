package io.latticeconsole.agent.telemetry;

import io.latticeconsole.unit.Celsius;
import io.latticeconsole.unit.Ratio;
import java.time.Instant;

/// What the machine itself told at one moment; NaN is no reading. `busy` is the share of all cores in use since the
/// reading before.
public record HostReading(Instant at, Ratio busy, double memoryBytes, double memoryUsedBytes, Celsius temperature) {

    static HostReading none(Instant at) {
        return new HostReading(at, Ratio.NONE, Double.NaN, Double.NaN, Celsius.NONE);
    }
}
