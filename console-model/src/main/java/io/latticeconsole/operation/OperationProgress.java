package io.latticeconsole.operation;

/// Counts that an operator follows while an operation runs.
public record OperationProgress(
        int inFlight,
        int queued,
        double oldestAgeSeconds,
        double secondsLeft,
        int routersConfirmed,
        int routersTotal,
        int replicasWarm,
        int replicasTotal,
        int migrated,
        int aborted,
        double shareMoved) {
    public static final OperationProgress NONE = new OperationProgress(0, 0, 0, Double.NaN, 0, 0, 0, 0, 0, 0, 0);
}
