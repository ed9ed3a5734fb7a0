package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Tier;

/// The words and numbers that the map writes, in the reader's language. Called on the raster lane; implementations are
/// thread-safe.
public interface MapWords {
    String tier(Tier tier);

    /// A short word for a state other than serving, empty for serving.
    String admin(AdminState admin);

    String health(Health health);

    String unreachable();

    String noReading();

    /// An alarm priority from 1 to 4 in words.
    String priority(int level);

    /// How many accelerators a node has: `4 accelerators`.
    String accelerators(int count);

    /// A mark's full name: `temperature`.
    String mark(Mark mark);

    /// A value with its unit, short: `71 %`.
    String value(Mark metric, float value);

    /// How much load moved: `+312/s`.
    String delta(double requestsPerSecond);
}
