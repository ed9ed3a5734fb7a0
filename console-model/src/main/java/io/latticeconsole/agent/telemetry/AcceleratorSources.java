package io.latticeconsole.agent.telemetry;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/// Opens the source of accelerator readings that the options name.
final class AcceleratorSources {
    private AcceleratorSources() {}

    /// @throws TelemetryUnavailable if the one that is named cannot be used; AUTO ends with nothing to read instead
    static AcceleratorSource open(TelemetryOptions options, InstantSource clock, Consumer<TelemetryEvent> events)
            throws TelemetryUnavailable {
        return switch (options.accelerators()) {
            case AUTO -> first(options, clock, events);
            case NVML -> NvmlSource.open(options.nvmlLibrary(), clock, events);
            case NVIDIA_SMI -> SmiSource.open(options.nvidiaSmi(), options.timeout());
            case DCGM -> {
                URI page = options.dcgm().orElseThrow();
                yield DcgmSource.open(page, options.timeout(), clock, events);
            }
            case NONE -> new NoSource("no accelerators are read");
        };
    }

    private static AcceleratorSource first(
            TelemetryOptions options, InstantSource clock, Consumer<TelemetryEvent> events) {
        String why;
        try {
            return NvmlSource.open(options.nvmlLibrary(), clock, events);
        } catch (TelemetryUnavailable e) {
            why = e.sentence();
        }
        try {
            return SmiSource.open(options.nvidiaSmi(), options.timeout());
        } catch (TelemetryUnavailable e) {
            return new NoSource("no GPU is read: " + why + "; " + e.sentence());
        }
    }

    /// A machine without accelerators, or whose accelerators nobody asks.
    record NoSource(String description) implements AcceleratorSource {
        @Override
        public List<AcceleratorReading> read() {
            return List.of();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
