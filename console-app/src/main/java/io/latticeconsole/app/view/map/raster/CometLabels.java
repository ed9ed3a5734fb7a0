package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.scene.Comet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What comets say of themselves, each at the first of a few places on its way where it hides no site's title. A label
/// that would cover another one at every place is left out: neither could be read.
final class CometLabels {
    private static final double[] PLACES = {0.62, 0.5, 0.74, 0.4, 0.86, 0.28};
    private static final double TOO_FAINT = 0.3;
    private static final int HEIGHT = 18;
    private static final int INSET = 6;
    private static final int EDGE = 2;

    /// Where a label lies, in pixels.
    record Box(int x, int y, int width) {
        boolean meets(Box other) {
            return x < other.x + other.width && x + width > other.x && Math.abs(y - other.y) < HEIGHT;
        }
    }

    private final Brush brush;
    private final MapScene scene;
    private final DirtyCells touched;
    private final List<Box> taken = new ArrayList<>();

    CometLabels(Brush brush, MapScene scene, DirtyCells touched) {
        this.brush = brush;
        this.scene = scene;
        this.touched = touched;
    }

    void draw(Comet comet, float[] way, double fade) {
        String text = brush.words().delta(comet.deltaPerSecond());
        double w = brush.atlas().width(GlyphAtlas.Face.TITLE, text);
        if (w == 0 || fade < TOO_FAINT) {
            return;
        }
        place(way, (int) w + 2 * INSET).ifPresent(at -> write(at, text));
    }

    private void write(Box at, String text) {
        Surface s = brush.surface();
        s.fill(at.x, at.y, at.width, HEIGHT, brush.palette().ground());
        s.outline(at.x, at.y, at.width, HEIGHT, brush.palette().lineStrong());
        brush.atlas()
                .write(
                        s,
                        GlyphAtlas.Face.TITLE,
                        text,
                        at.x + INSET,
                        at.y + 13,
                        brush.palette().text());
        touched.add(at.x, at.y, at.width, HEIGHT);
    }

    /// Where a label of some width goes, which is then taken; empty if another label is everywhere in its way.
    Optional<Box> place(float[] way, int across) {
        double length = Strokes.length(way);
        List<Box> free = new ArrayList<>();
        for (double along : PLACES) {
            Box spot = spot(way, along * length, across);
            if (taken.stream().noneMatch(spot::meets)) {
                free.add(spot);
            }
        }
        Optional<Box> best = free.stream()
                .filter(s -> !hidesTitle(s))
                .findFirst()
                .or(() -> free.stream().findFirst());
        best.ifPresent(taken::add);
        return best;
    }

    private Box spot(float[] way, double along, int across) {
        double[] at = Strokes.at(way, along);
        int right = Math.max(EDGE, scene.look().width() - across - EDGE);
        int bottom = Math.max(EDGE, scene.look().height() - HEIGHT - EDGE);
        return new Box(
                (int) Math.clamp(at[0] - across / 2.0, EDGE, right),
                (int) Math.clamp(at[1] - HEIGHT / 2.0, EDGE, bottom),
                across);
    }

    boolean hidesTitle(Box at) {
        Placement p = scene.placement();
        Camera c = scene.look().camera();
        double strip = p.header() * c.scale();
        if (strip < BaseLayer.TITLE_PX) {
            return false;
        }
        for (int s = 0; s < scene.topology().siteCount(); s++) {
            double x = c.screenX(p.siteX(s));
            double y = c.screenY(p.siteY(s));
            boolean meets = at.x < x + p.siteWidth(s) * c.scale()
                    && at.x + at.width > x
                    && at.y < y + strip
                    && at.y + HEIGHT > y;
            if (meets && scene.levels().of(s).compareTo(DetailLevel.SITE) >= 0) {
                return true;
            }
        }
        return false;
    }
}
