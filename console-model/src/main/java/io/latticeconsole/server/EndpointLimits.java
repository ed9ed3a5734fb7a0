package io.latticeconsole.server;

import java.time.Duration;

/// What an endpoint keeps and allows. `ringSpan` (wall time) and `ringBytes` bound the deltas kept for a resume,
/// `events` the events, `seriesBytes` the history of samples; a watcher may be `lagDeltas` behind, or `recorderBytes`
/// when it takes every batch of samples, before its stream is ended.
public record EndpointLimits(
        Duration ringSpan,
        long ringBytes,
        int events,
        long seriesBytes,
        int lagDeltas,
        long recorderBytes,
        int watchers,
        int callsPerConnection) {
    /// Largest message that is taken, and that is sent.
    public static final int MAX_MESSAGE_BYTES = 1 << 20;
    /// What messages that come in parts or pages are filled up to.
    static final int FILL_BYTES = 900_000;

    public static final EndpointLimits DEFAULT =
            new EndpointLimits(Duration.ofMinutes(12), 16 << 20, 40_000, 64L << 20, 4096, 8 << 20, 256, 128);

    public EndpointLimits withRingBytes(long bytes) {
        return new EndpointLimits(
                ringSpan, bytes, events, seriesBytes, lagDeltas, recorderBytes, watchers, callsPerConnection);
    }

    public EndpointLimits withSeriesBytes(long bytes) {
        return new EndpointLimits(
                ringSpan, ringBytes, events, bytes, lagDeltas, recorderBytes, watchers, callsPerConnection);
    }
}
