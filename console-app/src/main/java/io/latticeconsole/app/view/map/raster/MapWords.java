package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.scene.Admin;
import io.latticeconsole.app.view.map.scene.Metric;
import io.latticeconsole.app.view.map.scene.Tier;

/// The words and numbers that the map writes, in the reader's language. Called on the raster lane; implementations are
/// thread-safe.
public interface MapWords {
    String tier(Tier tier);

    /// A short word for a state other than serving, empty for serving.
    String admin(Admin admin);

    String unreachable();

    /// A value with its unit, short: `71 %`.
    String value(Metric metric, float value);

    /// How much load moved: `+312/s`.
    String delta(double requestsPerSecond);
}
