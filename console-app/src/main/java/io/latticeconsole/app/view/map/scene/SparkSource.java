package io.latticeconsole.app.view.map.scene;

/// Recent values of one mark of one node, for sparklines. Called on the raster lane; implementations are thread-safe
/// and do not wait.
@FunctionalInterface
public interface SparkSource {
    /// A source that remembers nothing.
    SparkSource NONE = (_, _, _) -> 0;

    /// Copies the newest values, oldest first, `NaN` where there was no reading, into `target` and returns how many.
    int copy(int node, Mark metric, float[] target);
}
