package io.latticeconsole.alarm;

import io.latticeconsole.telemetry.Metric;

/// The newest readings of nodes by dense index.
public interface NodeReadings {
    /// A reading in the metric's unit, NaN if there is none.
    float value(int node, Metric metric);

    /// The lower end of what is expected, NaN if nothing is; bands are 0 utilization, 1 temperature, 2 power, 3
    /// latency.
    float expectedLow(int node, int band);

    /// The upper end.
    float expectedHigh(int node, int band);
}
