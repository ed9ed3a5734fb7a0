package io.latticeconsole.gateway;

import io.latticeconsole.routing.RouterView;
import java.util.Arrays;

/// Envoy's outlier ejection: a replica that failed five times in a row gets nothing for ten seconds.
final class Ejection {
    private static final int EJECT_AFTER = 5;
    private static final long EJECT_NANOS = 10_000_000_000L;

    private final Surroundings surroundings;
    private final RouterView view;
    private int[] failuresInRow = new int[64];

    Ejection(Surroundings surroundings, RouterView view) {
        this.surroundings = surroundings;
        this.view = view;
    }

    void failed(int row) {
        if (row >= failuresInRow.length) {
            failuresInRow = Arrays.copyOf(failuresInRow, 2 * row);
        }
        if (++failuresInRow[row] >= EJECT_AFTER) {
            failuresInRow[row] = 0;
            view.ejectedUntil[row] = surroundings.now() + EJECT_NANOS;
        }
    }

    void succeeded(int row) {
        if (row < failuresInRow.length) {
            failuresInRow[row] = 0;
        }
    }
}
