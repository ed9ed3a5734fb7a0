package io.latticeconsole.agent.engine;

import java.util.OptionalLong;

/// What an engine has counted for a version since it started: requests that succeeded and failed, and the time that the
/// successful ones took together. What the engine does not tell is empty.
public record ModelCounts(
        ModelVersion model,
        OptionalLong succeeded,
        OptionalLong failed,
        OptionalLong totalNanos,
        OptionalLong queueNanos,
        OptionalLong computeNanos) {
    /// What was counted since an earlier look; everything if the engine started again in between.
    public ModelCounts since(ModelCounts earlier) {
        if (less(succeeded, earlier.succeeded)
                || less(failed, earlier.failed)
                || less(totalNanos, earlier.totalNanos)) {
            return this;
        }
        return new ModelCounts(
                model,
                minus(succeeded, earlier.succeeded),
                minus(failed, earlier.failed),
                minus(totalNanos, earlier.totalNanos),
                minus(queueNanos, earlier.queueNanos),
                minus(computeNanos, earlier.computeNanos));
    }

    private static boolean less(OptionalLong now, OptionalLong earlier) {
        return now.orElse(0) < earlier.orElse(0);
    }

    private static OptionalLong minus(OptionalLong now, OptionalLong earlier) {
        return now.isEmpty() || earlier.isEmpty() ? now : OptionalLong.of(now.getAsLong() - earlier.getAsLong());
    }
}
