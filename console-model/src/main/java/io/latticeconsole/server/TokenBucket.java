package io.latticeconsole.server;

/// Lets things pass at a rate on average and a burst at once. Any thread.
final class TokenBucket {
    private final double perNano;
    private final double most;
    private double tokens;
    private long filled;

    /// Full at `now`, in nanoseconds of a clock that only runs forward.
    TokenBucket(double perSecond, int burst, long now) {
        perNano = perSecond / 1e9;
        most = burst;
        tokens = burst;
        filled = now;
    }

    synchronized boolean take(long now) {
        tokens = Math.min(most, tokens + (now - filled) * perNano);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
