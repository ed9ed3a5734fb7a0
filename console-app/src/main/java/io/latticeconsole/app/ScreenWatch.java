package io.latticeconsole.app;

import io.latticeconsole.app.view.map.TopologyMap;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.NodeId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.geometry.Point2D;
import javafx.scene.image.WritableImage;
import javafx.scene.robot.Robot;
import org.jspecify.annotations.Nullable;

/// Looks at the screen itself, pulse by pulse, until something can be seen there. FX thread.
final class ScreenWatch {
    /// How much redder than grey a pixel of the cross is, of 255; nothing else in a tile has a hue.
    private static final int REDDISH = 60;
    /// Pixels of the cross that count as drawn.
    private static final int CROSS_PIXELS = 12;

    private final TopologyMap map;
    private final InstantSource clock;
    private final Robot robot = new Robot();

    ScreenWatch(TopologyMap map, InstantSource clock) {
        this.map = map;
        this.clock = clock;
    }

    /// Completes with the time at which a node's tile was seen with the cross of a dead node, or without it.
    CompletableFuture<Instant> seen(NodeId node, boolean crossed) {
        return once(() -> drawnAsDown(node) == crossed && crossOnScreen(node) == crossed);
    }

    /// Completes with the time at which the map has drawn a reading of every node.
    CompletableFuture<Instant> live() {
        return once(() -> {
            MapFrame drawn = map.drawnFrameProperty().get();
            if (drawn == null || drawn.nodeCount() == 0) {
                return false;
            }
            for (int node = 0; node < drawn.nodeCount(); node++) {
                if (Float.isNaN(drawn.value(node, 0))) {
                    return false;
                }
            }
            return true;
        });
    }

    private CompletableFuture<Instant> once(BooleanSupplier visible) {
        CompletableFuture<Instant> when = new CompletableFuture<>();
        new AnimationTimer() {
            @Override
            public void handle(long now) {
                if (when.isDone()) {
                    stop();
                } else if (visible.getAsBoolean()) {
                    when.complete(clock.instant());
                    stop();
                }
            }
        }.start();
        return when;
    }

    private boolean drawnAsDown(NodeId node) {
        MapFrame drawn = map.drawnFrameProperty().get();
        OptionalInt anchor = map.topology().anchor(node.name());
        if (drawn == null || anchor.isEmpty()) {
            return false;
        }
        int index = map.topology().indexOf(anchor.getAsInt());
        return index < drawn.nodeCount() && drawn.health(index) == Health.DOWN;
    }

    private boolean crossOnScreen(NodeId node) {
        WritableImage tile = capture(node);
        if (tile == null) {
            return false;
        }
        int reddish = 0;
        for (int y = 0; y < tile.getHeight(); y++) {
            for (int x = 0; x < tile.getWidth(); x++) {
                int p = tile.getPixelReader().getArgb(x, y);
                int red = p >> 16 & 0xff;
                int rest = ((p >> 8 & 0xff) + (p & 0xff)) / 2;
                reddish += red - rest > REDDISH ? 1 : 0;
            }
        }
        return reddish >= CROSS_PIXELS;
    }

    private @Nullable WritableImage capture(NodeId node) {
        OptionalInt anchor = map.topology().anchor(node.name());
        if (anchor.isEmpty()) {
            return null;
        }
        double[] box = map.boundsOf(anchor.getAsInt());
        Point2D corner = map.localToScreen(box[0], box[1]);
        // The lower left part: the corner shape of an alarm, which has a hue too, sits at the upper right.
        return corner == null
                ? null
                : robot.getScreenCapture(
                        null, corner.getX() + 2, corner.getY() + box[3] / 2, box[2] / 2, box[3] / 2 - 2);
    }
}
