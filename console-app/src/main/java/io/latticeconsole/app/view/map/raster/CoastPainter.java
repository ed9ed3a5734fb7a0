package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.Coastline;
import io.latticeconsole.app.view.map.layout.Projection;

/// Land, one tone off the ground. Holds scratch memory for one thread.
final class CoastPainter {
    private float[] xy = new float[4096];

    void draw(Brush b, Projection projection, Camera camera) {
        Coastline land = Coastline.land();
        for (int r = 0; r < land.ringCount(); r++) {
            int n = land.points(r);
            if (xy.length < 2 * n) {
                xy = new float[2 * n];
            }
            float min = Float.MAX_VALUE;
            float max = -Float.MAX_VALUE;
            for (int i = 0; i < n; i++) {
                xy[2 * i] = (float) camera.screenX(projection.x(land.longitude(r, i)));
                xy[2 * i + 1] = (float) camera.screenY(projection.y(land.latitude(r, i)));
                min = Math.min(min, xy[2 * i]);
                max = Math.max(max, xy[2 * i]);
            }
            if (max - min >= 1.5) {
                b.strokes().polygon().fill(b.surface(), xy, n, b.palette().land(), 1);
            }
        }
    }
}
