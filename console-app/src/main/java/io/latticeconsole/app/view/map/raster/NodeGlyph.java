package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;

/// A node's tile with its level line: four bars whose middle third is what is expected now, and a dash where the value
/// is.
final class NodeGlyph {
    /// From this width the tile has a frame of its own, from this one a code below the bars.
    private static final int FRAMED = 13;
    private static final int LABELLED = 30;
    private static final int LABEL_HEIGHT = 11;
    private static final int STATE_WORD = 44;

    private NodeGlyph() {}

    /// Whether a tile of this width fills its whole rectangle and nothing else, so that what was under it need not be
    /// wiped.
    static boolean isOpaque(int width) {
        return width < FRAMED;
    }

    /// What of a node is visible in a tile of this height: equal numbers look equal.
    static long signature(MapFrame frame, int node, int height) {
        long sum = frame.condition(node);
        for (int m = 0; m < Mark.COUNT; m++) {
            float d = frame.deviation(node, m);
            long step = Float.isNaN(d)
                    ? 1023
                    : Math.round(Math.clamp(share(d), -0.01f, 1.01f) * Math.min(height, 200) * 2)
                            + 8
                            + (d < 0 || d > 1 ? 512 : 0);
            sum = sum * 1024 + step;
        }
        return sum;
    }

    /// Where a deviation stands on the bar: the band is the middle third.
    private static float share(float deviation) {
        return (1 + deviation) / 3;
    }

    /// Draws a node at a pixel rectangle.
    static void draw(Brush b, MapFrame frame, int node, String code, int x, int y, int w, int h) {
        if (w < FRAMED) {
            small(b, frame, node, x, y, w, h);
            return;
        }
        frame(b, frame, node, x, y, w, h);
        boolean labelled = w >= LABELLED && h >= LABELLED - 6;
        int barsHeight = labelled ? h - LABEL_HEIGHT : h;
        if (frame.health(node) == Health.DOWN) {
            cross(b, x, y, w, labelled ? barsHeight + 2 : h);
        } else {
            bars(b, frame, node, x + 3, y + 3, w - 6, barsHeight - (labelled ? 4 : 6));
            if (frame.health(node) == Health.SUSPECT) {
                b.strokes()
                        .line(
                                b.surface(),
                                x + 3,
                                y + barsHeight - 2,
                                x + w - 3,
                                y + 2,
                                1.6,
                                b.palette().text(),
                                0.9);
            }
        }
        if (labelled) {
            label(b, frame, node, code, x, y + h - 3, w);
        }
    }

    private static void label(Brush b, MapFrame frame, int node, String code, int x, int baseline, int w) {
        GlyphAtlas.Face face = w >= 70 ? GlyphAtlas.Face.SMALL : GlyphAtlas.Face.TINY;
        String state = b.words().admin(frame.admin(node));
        String shown = w >= STATE_WORD && !state.isEmpty() ? code + " " + state : code;
        int worst = frame.priority(node) > 0 && state.isEmpty() && w >= 60 ? worst(frame, node) : -1;
        if (worst >= 0) {
            shown = code + " " + b.words().value(Mark.at(worst), frame.value(node, worst));
        }
        shown = b.atlas().shortened(face, shown, w - 3);
        double tx = x + (w - b.atlas().width(face, shown)) / 2;
        int rgb = state.isEmpty() && worst < 0 ? b.palette().dim() : b.palette().text();
        b.atlas().write(b.surface(), face, shown, tx, baseline, rgb);
    }

    /// The mark that is farthest outside its band, or -1 when none is.
    static int worst(MapFrame frame, int node) {
        int worst = -1;
        float most = 0;
        for (int m = 0; m < Mark.COUNT; m++) {
            float d = frame.deviation(node, m);
            float out = d < 0 ? -d : d - 1;
            if (out > most) {
                most = out;
                worst = m;
            }
        }
        return worst;
    }

    static void frame(Brush b, MapFrame frame, int node, int x, int y, int w, int h) {
        Surface s = b.surface();
        MapPalette p = b.palette();
        AdminState admin = frame.admin(node);
        int fill = switch (admin) {
            case SERVING -> p.tile();
            case CORDONED, DRAINING, WARMING -> Surface.mixed(p.tile(), p.room(), 150);
            case DRAINED -> p.ground();
        };
        s.fill(x, y, w, h, fill);
        int edge = admin == AdminState.SERVING ? p.lineStrong() : p.ink();
        outline(b, frame.freshness(node), x, y, w, h, edge);
        s.roundCorners(x, y, w, h, p.room());
        if (frame.armed(node)) {
            s.outline(x - 3, y - 3, w + 6, h + 6, p.text());
            s.outline(x - 1, y - 1, w + 2, h + 2, p.text());
        }
    }

    /// The edge that tells how fresh what is shown is.
    static void outline(Brush b, Freshness freshness, int x, int y, int w, int h, int rgb) {
        MapPalette p = b.palette();
        switch (freshness) {
            case FRESH -> b.surface().outline(x, y, w, h, rgb);
            case STALE -> b.surface().dashedOutline(x, y, w, h, 4, 3, p.text());
            case UNREACHABLE -> b.surface().dashedOutline(x, y, w, h, 1, 2, p.text());
        }
    }

    private static void cross(Brush b, int x, int y, int w, int h) {
        double thick = w >= 30 ? 2 : 1.4;
        int rgb = b.palette().p1();
        b.strokes().line(b.surface(), x + 3, y + 3, x + w - 3, y + h - 3, thick, rgb, 1);
        b.strokes().line(b.surface(), x + w - 3, y + 3, x + 3, y + h - 3, thick, rgb, 1);
    }

    /// The four bars in a rectangle.
    static void bars(Brush b, MapFrame frame, int node, int x, int y, int w, int h) {
        int gap = w >= 34 ? 3 : w >= 18 ? 2 : 1;
        int bar = Math.max(1, (w - 3 * gap) / 4);
        int left = x + (w - 4 * bar - 3 * gap) / 2;
        int thick = h >= 24 ? 3 : h >= 13 ? 2 : 1;
        MapPalette p = b.palette();
        int trough = Surface.mixed(p.tile(), p.band(), 120);
        boolean dimmed = frame.freshness(node) == Freshness.UNREACHABLE;
        for (int m = 0; m < Mark.COUNT; m++) {
            int bx = left + m * (bar + gap);
            b.surface().fill(bx, y, bar, h, trough);
            b.surface().fill(bx, y + h / 3, bar, h - 2 * (h / 3), p.band());
            float d = frame.deviation(node, m);
            if (!Float.isNaN(d)) {
                boolean out = d < 0 || d > 1;
                int grey = dimmed ? p.ink() : p.text();
                int rgb = out ? p.priority(frame.priority(node)) : grey;
                mark(b.surface(), bx, y, bar, h, d, thick, rgb);
            }
        }
    }

    private static void mark(Surface s, int x, int y, int w, int h, float d, int thick, int rgb) {
        int cap = h >= 12 ? Math.min(2, thick) : 1;
        int room = h - thick - 2 * (cap + 1);
        int at = y + cap + 1 + Math.round((1 - Math.clamp(share(d), 0f, 1f)) * room);
        s.fill(x, at, w, thick, rgb);
        if (d > 1) {
            s.fill(x, y, w, cap, rgb);
        } else if (d < 0) {
            s.fill(x, y + h - cap, w, cap, rgb);
        }
    }

    /// A tile too small for a frame: four columns on a plain ground, at least 7 by 7 pixels.
    private static void small(Brush b, MapFrame frame, int node, int x, int y, int w, int h) {
        MapPalette p = b.palette();
        Surface s = b.surface();
        boolean drained = frame.admin(node) == AdminState.DRAINED;
        s.fill(x, y, w, h, drained ? p.ground() : p.tile());
        if (frame.freshness(node) != Freshness.FRESH) {
            outline(b, frame.freshness(node), x, y, w, h, p.ink());
        } else if (drained || frame.armed(node)) {
            s.outline(x, y, w, h, drained ? p.ink() : p.text());
        }
        if (frame.health(node) == Health.DOWN) {
            for (int i = 0; i < w; i++) {
                int row = i * (h - 1) / Math.max(1, w - 1);
                s.set(x + i, y + row, p.p1());
                s.set(x + w - 1 - i, y + row, p.p1());
            }
            return;
        }
        int bar = w >= 11 ? 2 : 1;
        int left = x + (w - 4 * bar - 3) / 2;
        for (int m = 0; m < Mark.COUNT; m++) {
            float d = frame.deviation(node, m);
            if (!Float.isNaN(d)) {
                boolean out = d < 0 || d > 1;
                int rgb = out ? p.priority(frame.priority(node)) : p.text();
                int at = Math.round((1 - Math.clamp(share(d), 0f, 1f)) * (h - 1));
                s.fill(left + m * (bar + 1), y + at, bar, 1, rgb);
                if (out) {
                    s.fill(left + m * (bar + 1), d > 1 ? y : y + h - 1, bar, 1, rgb);
                }
            }
        }
    }
}
