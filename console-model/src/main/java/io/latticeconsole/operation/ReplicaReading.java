package io.latticeconsole.operation;

/// A replica's own figures, as its node reports them. `requests` ended there, `failed` of them without success, both
/// counted since it was loaded: a smaller count than before means that it was loaded anew. TTFT p95 in ms is of the
/// last half minute or so, NaN where there was nothing to measure.
public record ReplicaReading(long requests, long failed, double ttftP95Millis) {
    static final ReplicaReading NONE = new ReplicaReading(0, 0, Double.NaN);

    /// What was counted after an earlier reading.
    ReplicaReading since(ReplicaReading before) {
        return requests < before.requests || failed < before.failed
                ? this
                : new ReplicaReading(requests - before.requests, failed - before.failed, ttftP95Millis);
    }
}
