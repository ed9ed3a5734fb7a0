package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.raster.MapRaster;
import io.latticeconsole.app.view.map.raster.MapScene;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Draws one scene at a time off the FX thread. Scenes go in and pictures are fetched on the FX thread; neither waits.
final class RasterLane {
    private static final Logger LOG = System.getLogger(RasterLane.class.getName());

    private final Executor executor;
    private final MapRaster raster = new MapRaster();
    private final AtomicReference<@Nullable Drawn> done = new AtomicReference<>();
    private boolean failing;
    private boolean busy;

    RasterLane(Executor executor) {
        this.executor = executor;
    }

    /// A scene and, unless the last picture still showed it, its picture.
    record Drawn(
            MapScene scene,
            Optional<MapRaster.Picture> picture,
            @Nullable Throwable failure) {}

    boolean busy() {
        return busy;
    }

    /// Starts drawing; only while not [#busy()].
    void submit(MapScene scene) {
        try {
            executor.execute(() -> done.set(draw(scene)));
            busy = true;
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the map is drawn no more: its executor was shut down", e);
        }
    }

    private Drawn draw(MapScene scene) {
        try {
            Drawn drawn = new Drawn(scene, raster.draw(scene), null);
            failing = false;
            return drawn;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.log(Level.ERROR, "the map could not be drawn", e);
            }
            failing = true;
            raster.reset();
            return new Drawn(scene, Optional.empty(), e);
        }
    }

    /// What was drawn since the last call.
    Optional<Drawn> fetch() {
        Drawn drawn = done.getAndSet(null);
        if (drawn != null) {
            busy = false;
        }
        return Optional.ofNullable(drawn);
    }
}
