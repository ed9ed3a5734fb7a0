package io.latticeconsole.agent.engine.vllm;

import java.net.URI;
import java.time.Duration;

/// What an agent is told about a vLLM server.
///
/// @param address its base, such as `http://127.0.0.1:8000`
/// @param callDeadline how long a question about the engine may take
/// @param pauseDeadline how long requests in flight may take to finish when it is paused
/// @param maxAnswerBytes the largest answer taken
/// @param shutdownTimeout the server's own `--shutdown-timeout`, which it does not tell; its default is 0
public record VllmSettings(
        URI address, Duration callDeadline, Duration pauseDeadline, int maxAnswerBytes, Duration shutdownTimeout) {
    /// vLLM's defaults and a scrape's usual size.
    public static VllmSettings at(URI address) {
        return new VllmSettings(address, Duration.ofSeconds(2), Duration.ofMinutes(2), 8 << 20, Duration.ZERO);
    }

    public VllmSettings withShutdownTimeout(Duration timeout) {
        return new VllmSettings(address, callDeadline, pauseDeadline, maxAnswerBytes, timeout);
    }
}
