package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.Routes;
import io.latticeconsole.app.view.map.scene.DeadBand;
import java.util.Arrays;

/// One moving mark per link, drawn only where no node covers the base; remembers its pixels so that they alone need to
/// be restored.
final class DriftLayer {
    private static final double PIXELS_PER_SECOND = 26;

    private int[] touched = new int[0];
    private int count;

    /// Takes the marks drawn last time out of a buffer.
    void wipe(Surface target, Surface body) {
        for (int i = 0; i < count; i++) {
            target.pixels[touched[i]] = body.pixels[touched[i]];
        }
        count = 0;
    }

    void forget() {
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void draw(Surface target, Surface base, Surface body, MapScene scene) {
        Routes routes = scene.routes();
        if (touched.length < routes.count() * 4) {
            touched = new int[routes.count() * 4];
        }
        Camera c = scene.look().camera();
        float k = (float) c.scale();
        float ox = (float) c.offsetX();
        float oy = (float) c.offsetY();
        double seconds = scene.clock().now() / 1e9 % 3600;
        int rgb = 0xFF000000
                | Surface.mixed(
                        scene.style().palette().flow(), scene.style().palette().text(), 160);
        boolean plain = !routes.styled();
        for (int l = 0; l < routes.count(); l++) {
            if (plain) {
                int last = routes.points(l) - 1;
                float x0 = routes.x(l, 0) * k + ox;
                float y0 = routes.y(l, 0) * k + oy;
                float dx = routes.x(l, last) * k + ox - x0;
                float dy = routes.y(l, last) * k + oy - y0;
                float t = phase(l, seconds, (float) Math.sqrt(dx * dx + dy * dy));
                mark(target, base, body, (int) (x0 + dx * t), (int) (y0 + dy * t), rgb);
            } else if (DeadBand.width(scene.frame().shownRate(l)) > 0) {
                float[] way = routes.onScreen(l, c);
                double length = Strokes.length(way);
                double[] p = Strokes.at(way, phase(l, seconds, (float) length) * length);
                mark(target, base, body, (int) p[0], (int) p[1], rgb);
            }
        }
    }

    private static float phase(int link, double seconds, float length) {
        double turns = seconds * PIXELS_PER_SECOND / Math.max(8, length) + (link * 0.618034 % 1);
        return (float) (turns - Math.floor(turns));
    }

    private void mark(Surface target, Surface base, Surface body, int x, int y, int rgb) {
        if (x < 0 || y < 0 || x >= target.width - 1 || y >= target.height - 1) {
            return;
        }
        int i = y * target.width + x;
        for (int k = 0; k < 4; k++) {
            int at = i + (k & 1) + (k >> 1) * target.width;
            if (base.pixels[at] == body.pixels[at]) {
                target.pixels[at] = rgb;
                touched[count++] = at;
            }
        }
    }

    /// Memory is kept only while it is used.
    void release() {
        touched = Arrays.copyOf(touched, 0);
        count = 0;
    }
}
