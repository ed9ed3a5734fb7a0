package io.latticeconsole.server;

import java.time.Duration;

/// What an endpoint keeps and allows. `ringSpan` (wall time) and `ringBytes` bound the deltas kept for a resume,
/// `events` the events, `seriesBytes` the history of samples; a watcher may be `lagDeltas` behind, or `recorderBytes`
/// when it takes every batch of samples, before its stream is ended.
///
/// Of each connection `callsPerConnection` run at once. Calls on connections beyond `connections` are
/// refused, and further ones are closed as they come. A caller, or a connection where nobody is known by
/// certificate, makes `callsPerSecond` on average and `burst` at once; inference and what machines tell each
/// other go at the pace of the traffic instead. What is refused is RESOURCE_EXHAUSTED and says when to try
/// again.
public record EndpointLimits(
        Duration ringSpan,
        long ringBytes,
        int events,
        long seriesBytes,
        int lagDeltas,
        long recorderBytes,
        int watchers,
        int callsPerConnection,
        int connections,
        double callsPerSecond,
        int burst) {
    /// Largest message that is taken, and that is sent.
    public static final int MAX_MESSAGE_BYTES = 1 << 20;
    /// What messages that come in parts or pages are filled up to.
    static final int FILL_BYTES = 900_000;
    /// How many connections beyond the limit stay open, so that whoever makes them is told why nothing is
    /// answered.
    static final int TOLD_CONNECTIONS = 64;

    private static final int MOST_CONNECTIONS = 1024;
    private static final double CALLS_PER_SECOND = 500;
    private static final int BURST = 2000;

    public static final EndpointLimits DEFAULT =
            new EndpointLimits(Duration.ofMinutes(12), 16 << 20, 40_000, 64L << 20, 4096, 8 << 20, 256, 128);

    /// With the usual limits for connections and the rate of calls.
    public EndpointLimits(
            Duration ringSpan,
            long ringBytes,
            int events,
            long seriesBytes,
            int lagDeltas,
            long recorderBytes,
            int watchers,
            int callsPerConnection) {
        this(
                ringSpan,
                ringBytes,
                events,
                seriesBytes,
                lagDeltas,
                recorderBytes,
                watchers,
                callsPerConnection,
                MOST_CONNECTIONS,
                CALLS_PER_SECOND,
                BURST);
    }

    public EndpointLimits withRingBytes(long bytes) {
        return with(bytes, seriesBytes, connections, callsPerSecond, burst);
    }

    public EndpointLimits withSeriesBytes(long bytes) {
        return with(ringBytes, bytes, connections, callsPerSecond, burst);
    }

    public EndpointLimits withConnections(int most) {
        return with(ringBytes, seriesBytes, most, callsPerSecond, burst);
    }

    public EndpointLimits withCalls(double perSecond, int atOnce) {
        return with(ringBytes, seriesBytes, connections, perSecond, atOnce);
    }

    private EndpointLimits with(long ring, long series, int mostConnections, double perSecond, int atOnce) {
        return new EndpointLimits(
                ringSpan,
                ring,
                events,
                series,
                lagDeltas,
                recorderBytes,
                watchers,
                callsPerConnection,
                mostConnections,
                perSecond,
                atOnce);
    }
}
