package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.raster.MapRaster;
import io.latticeconsole.app.view.map.raster.Surface;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/// Shows pictures in an image view without copying them: one image per rotating buffer, of which only what
/// changed is uploaded. FX thread only.
final class PixelScreen {
    private final ImageView view = new ImageView();
    private final List<@Nullable Shown> shown = new ArrayList<>(Collections.nCopies(4, null));

    private record Shown(Surface surface, PixelBuffer<IntBuffer> pixels, WritableImage image) {}

    PixelScreen() {
        view.setSmooth(false);
        view.setMouseTransparent(true);
        view.setManaged(false);
    }

    ImageView view() {
        return view;
    }

    /// Shows a picture. @param scale pixels per unit of the scene
    void show(MapRaster.Picture picture, double scale) {
        Shown target = shown.get(picture.buffer());
        if (target == null || target.surface != picture.pixels()) {
            target = adopt(picture.pixels());
            shown.set(picture.buffer(), target);
        }
        Rectangle2D changed = new Rectangle2D(picture.x(), picture.y(), picture.width(), picture.height());
        target.pixels.updateBuffer(_ -> changed);
        view.setImage(target.image);
        view.setFitWidth(picture.pixels().width() / scale);
        view.setFitHeight(picture.pixels().height() / scale);
    }

    private static Shown adopt(Surface surface) {
        IntBuffer buffer = IntBuffer.wrap(surface.pixels());
        PixelBuffer<IntBuffer> pixels =
                new PixelBuffer<>(surface.width(), surface.height(), buffer, PixelFormat.getIntArgbPreInstance());
        return new Shown(surface, pixels, new WritableImage(pixels));
    }
}
