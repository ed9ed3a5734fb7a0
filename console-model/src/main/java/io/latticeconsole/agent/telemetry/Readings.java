package io.latticeconsole.agent.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The newest of what a machine told about itself. Accelerators and host are read apart, so each has its time.
public record Readings(HostReading host, Accelerators accelerators) {

    /// All accelerators at one moment, by index; `from` says what read them, empty if nothing could; `trouble` is a
    /// sentence that says why readings are missing.
    public record Accelerators(Instant at, List<AcceleratorReading> list, String from, Optional<String> trouble) {
        public Accelerators {
            list = List.copyOf(list);
        }

        Accelerators withTrouble(String sentence) {
            return new Accelerators(at, list, from, Optional.of(sentence));
        }
    }
}
