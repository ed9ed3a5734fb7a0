package io.latticeconsole.agent.engine;

import java.time.Duration;

/// What stopping an engine does to its requests in flight: they are given up to `grace` to finish, as the engine's own
/// `setting` says, and are aborted after it. No grace aborts at once.
public record DrainEffect(String setting, Duration grace) {
    /// Whether requests in flight are lost when the engine is told to stop.
    public boolean abortsAtOnce() {
        return grace.isZero();
    }

    /// One sentence for whoever configures it.
    public String sentence() {
        return abortsAtOnce()
                ? setting
                        + " is 0: stopping the engine aborts its requests in flight; a drain must reach zero in flight"
                        + " before the engine is stopped"
                : setting + " is " + grace.toSeconds() + " s: stopping the engine waits that long for its requests in"
                        + " flight, then aborts what is left";
    }
}
