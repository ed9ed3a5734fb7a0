package io.latticeconsole.gateway;

/// A machine's answer to a command that asks something. `ttftMs` is that of a probe, NaN if it failed.
public record NodeAnswer(
        int node, long ask, int running, int queued, double oldestAgeSeconds, int aborted, double ttftMs) {}
