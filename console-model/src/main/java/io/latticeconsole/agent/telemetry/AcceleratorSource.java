package io.latticeconsole.agent.telemetry;

import java.util.List;

/// A way to read the machine's accelerators. Used by one thread at a time.
interface AcceleratorSource extends AutoCloseable {
    /// What it is and where, for people: `NVML (libnvidia-ml.so.1), driver 580.65.06`.
    String description();

    /// Reads all accelerators now; blocks. None is a valid answer; one that does not answer is a reading with its
    /// condition.
    ///
    /// @throws TelemetryUnavailable if the source as a whole does not answer
    List<AcceleratorReading> read() throws TelemetryUnavailable;

    @Override
    void close();
}
