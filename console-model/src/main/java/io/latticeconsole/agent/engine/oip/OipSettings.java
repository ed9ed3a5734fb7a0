package io.latticeconsole.agent.engine.oip;

import java.time.Duration;
import java.util.List;

/// What an agent is told about an engine that speaks the Open Inference Protocol.
///
/// @param models names to ask for where the engine has no index of its repository
/// @param callDeadline how long a question about the engine may take
/// @param loadDeadline how long a load or unload may take
/// @param maxAnswerBytes the largest answer taken
/// @param exitTimeout the engine's own `--exit-timeout-secs`: the protocol does not tell it
public record OipSettings(
        List<String> models, Duration callDeadline, Duration loadDeadline, int maxAnswerBytes, Duration exitTimeout) {
    /// Triton's own default of `--exit-timeout-secs`.
    public static final Duration TRITON_EXIT_TIMEOUT = Duration.ofSeconds(30);

    public static final OipSettings DEFAULT =
            new OipSettings(List.of(), Duration.ofSeconds(2), Duration.ofMinutes(2), 16 << 20, TRITON_EXIT_TIMEOUT);

    public OipSettings {
        models = List.copyOf(models);
    }
}
