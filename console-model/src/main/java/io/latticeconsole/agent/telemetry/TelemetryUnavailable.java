package io.latticeconsole.agent.telemetry;

/// A source of readings cannot be used; the message is a sentence that says which, why, and what would help.
public final class TelemetryUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    TelemetryUnavailable(String message) {
        super(message);
    }

    TelemetryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    /// The sentence.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
