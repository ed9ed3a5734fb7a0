package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.Comet;

/// What a comet says of itself, at the first of a few places on its way where it hides no site's title.
final class CometLabel {
    private static final double[] PLACES = {0.62, 0.5, 0.74, 0.4, 0.86, 0.28};
    private static final double TOO_FAINT = 0.3;
    private static final int HEIGHT = 18;
    private static final int INSET = 6;
    private static final int EDGE = 2;

    private CometLabel() {}

    static void draw(Brush b, MapScene scene, Comet comet, float[] way, double fade, DirtyCells touched) {
        String text = b.words().delta(comet.deltaPerSecond());
        double w = b.atlas().width(GlyphAtlas.Face.TITLE, text);
        if (w == 0 || fade < TOO_FAINT) {
            return;
        }
        int across = (int) w + 2 * INSET;
        int[] at = place(scene, way, across);
        b.surface().fill(at[0], at[1], across, HEIGHT, b.palette().ground());
        b.surface().outline(at[0], at[1], across, HEIGHT, b.palette().lineStrong());
        int rgb = b.palette().text();
        b.atlas().write(b.surface(), GlyphAtlas.Face.TITLE, text, at[0] + INSET, at[1] + 13, rgb);
        touched.add(at[0], at[1], across, HEIGHT);
    }

    /// Upper left corner of a label of some width.
    static int[] place(MapScene scene, float[] way, int across) {
        double length = Strokes.length(way);
        int[] first = spot(scene, way, PLACES[0] * length, across);
        int[] best = first;
        for (int i = 1; hidesTitle(scene, best, across); i++) {
            if (i == PLACES.length) {
                return first;
            }
            best = spot(scene, way, PLACES[i] * length, across);
        }
        return best;
    }

    private static int[] spot(MapScene scene, float[] way, double along, int across) {
        double[] at = Strokes.at(way, along);
        int right = Math.max(EDGE, scene.look().width() - across - EDGE);
        int bottom = Math.max(EDGE, scene.look().height() - HEIGHT - EDGE);
        return new int[] {
            (int) Math.clamp(at[0] - across / 2.0, EDGE, right), (int) Math.clamp(at[1] - HEIGHT / 2.0, EDGE, bottom)
        };
    }

    static boolean hidesTitle(MapScene scene, int[] at, int across) {
        Placement p = scene.placement();
        Camera c = scene.look().camera();
        double strip = p.header() * c.scale();
        if (strip < BaseLayer.TITLE_PX) {
            return false;
        }
        for (int s = 0; s < scene.topology().siteCount(); s++) {
            double x = c.screenX(p.siteX(s));
            double y = c.screenY(p.siteY(s));
            boolean meets = at[0] < x + p.siteWidth(s) * c.scale()
                    && at[0] + across > x
                    && at[1] < y + strip
                    && at[1] + HEIGHT > y;
            if (meets && scene.levels().of(s).compareTo(DetailLevel.SITE) >= 0) {
                return true;
            }
        }
        return false;
    }
}
