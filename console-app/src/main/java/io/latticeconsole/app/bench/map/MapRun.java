package io.latticeconsole.app.bench.map;

import io.latticeconsole.app.bench.Figures;
import io.latticeconsole.app.bench.Pipeline;
import io.latticeconsole.app.fx.Fx;
import io.latticeconsole.app.view.map.TopologyMap;
import io.latticeconsole.app.view.map.raster.MapPalette;
import io.latticeconsole.app.view.map.scene.MapFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.scene.image.PixelReader;
import javafx.scene.robot.Robot;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// One measurement on the FX thread: warm-up, live with values once a second, a look at the picture, pan and zoom.
///
/// Frames are counted when a *new* picture of the map is shown, not when a pulse happens; a small rectangle changes in
/// every pulse, so
/// that each pulse waits for the rendering of the one before.
final class MapRun extends AnimationTimer {
    private static final double WARM_UP = 3;
    private static final double LIVE = 15;
    private static final double PAN = 5;

    private enum Stage {
        WARMING,
        LIVE,
        PANNING,
        OVER
    }

    private final TopologyMap map;
    private final WorkloadScene scene;
    private final Rectangle spot;
    private final Runnable done;
    private final Beats live = new Beats();
    private final Beats pan = new Beats();
    private final Beats pulses = new Beats();
    private final List<Double> visible = new ArrayList<>();
    private Figures figures = new Figures("map");
    private Stage stage = Stage.WARMING;
    private long since;
    private long shown;
    private @Nullable MapFrame awaited;
    private long awaitedSince;

    MapRun(TopologyMap map, WorkloadScene scene, Rectangle spot, Runnable done) {
        this.map = map;
        this.scene = scene;
        this.spot = spot;
        this.done = done;
    }

    void start(Figures into) {
        figures = into;
        since = System.nanoTime();
        start();
    }

    /// New values. @param at when they arrived
    void arrived(long at, MapFrame frame) {
        if (stage == Stage.WARMING || stage == Stage.LIVE) {
            map.show(scene.topology(), frame);
            awaited = frame;
            awaitedSince = at;
        }
    }

    @Override
    public void handle(long pulse) {
        long now = System.nanoTime();
        spot.setOpacity(spot.getOpacity() > 0.5 ? 0.4 : 0.6);
        boolean fresh = map.picturesShown() != shown;
        shown = map.picturesShown();
        double seconds = (now - since) / 1e9;
        switch (stage) {
            case WARMING -> {
                watchArrival();
                if (seconds > WARM_UP) {
                    visible.clear();
                    enter(Stage.LIVE, now);
                }
            }
            case LIVE -> {
                pulses.add(now);
                if (fresh) {
                    live.add(now);
                }
                watchArrival();
                if (seconds > LIVE) {
                    look();
                    enter(Stage.PANNING, System.nanoTime());
                }
            }
            case PANNING -> {
                if (fresh) {
                    pan.add(now);
                }
                move(seconds);
                if (seconds > PAN) {
                    enter(Stage.OVER, now);
                    report();
                    stop();
                    done.run();
                }
            }
            case OVER -> stop();
        }
    }

    private void enter(Stage next, long now) {
        stage = next;
        since = now;
    }

    /// The pulse after the one that showed the new values waits for its rendering; what is queued now runs behind that
    /// wait.
    private void watchArrival() {
        if (awaited != null && isShown(awaited)) {
            long arrivedAt = awaitedSince;
            awaited = null;
            Fx.executor().execute(() -> visible.add((System.nanoTime() - arrivedAt) / 1e6));
        }
    }

    @SuppressWarnings("ReferenceEquality") // this very frame, not one with the same values
    private boolean isShown(MapFrame frame) {
        return map.drawnFrameProperty().get() == frame;
    }

    private void move(double seconds) {
        map.pan(9 * Math.cos(seconds * 2.1), 6 * Math.sin(seconds * 1.7));
        map.zoom(1 + 0.012 * Math.sin(seconds * 1.9), map.getWidth() / 2, map.getHeight() / 2);
    }

    private void look() {
        int w = (int) map.getWidth();
        int h = (int) map.getHeight();
        PixelReader pixels = new Robot().getScreenCapture(null, 0, 0, w, h).getPixelReader();
        MapPalette palette = MapPalette.NIGHT;
        PictureCheck check = new PictureCheck(
                scene.topology(),
                scene.placement(),
                map.drawnFrameProperty().get(),
                pixels,
                palette.ground(),
                palette.text());
        figures.put("nodes_ok", check.nodes()).put("links_ok", check.links());
    }

    private void report() {
        double[] seen = visible.stream().mapToDouble(Double::doubleValue).toArray();
        figures.put("nodes", scene.topology().nodeCount())
                .put("links", scene.topology().linkCount())
                .put("node_px", (long) scene.tile())
                .put("fps", live.perSecond())
                .put("pulse_fps", pulses.perSecond())
                .put("frame_p50_ms", live.gapMillis(0.5))
                .put("frame_p99_ms", live.gapMillis(0.99))
                .put("visible_p50_ms", Figures.median(seen))
                .put("visible_p95_ms", Figures.quantile(seen, 0.95))
                .put("updates", seen.length)
                .put("pan_fps", pan.perSecond())
                .put("pan_p99_ms", pan.gapMillis(0.99))
                .put("rss_mb", residentMegabytes())
                .put("pipeline", Pipeline.name());
    }

    /// Resident memory of this process, NaN where the system does not tell.
    private static double residentMegabytes() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(l -> l.startsWith("VmRSS:"))
                    .mapToDouble(l -> Double.parseDouble(l.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
