package io.latticeconsole.app.view.map.raster;

import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.Health;
import java.util.Arrays;

/// A node seen close: its level line, the four values as numbers with sparklines, its code and what it runs.
final class NodeCard {
    private static final Mark[] METRICS = Mark.values();
    private static final int HEAD = 16;
    private static final int FOOT = 14;
    private static final int SAMPLES = 300;

    private final float[] history = new float[SAMPLES];

    /// Draws the card; tiles of at least 100 by 84 pixels have room for it.
    void draw(Brush b, MapFrame frame, int node, String code, String detail, int x, int y, int w, int h) {
        NodeGlyph.frame(b, frame, node, x, y, w, h);
        MapPalette p = b.palette();
        GlyphAtlas atlas = b.atlas();
        atlas.write(b.surface(), GlyphAtlas.Face.TITLE, code, x + 6, y + 13, p.text());
        String state = b.words().admin(frame.admin(node));
        atlas.write(
                b.surface(),
                GlyphAtlas.Face.SMALL,
                state,
                x + w - 20 - atlas.width(GlyphAtlas.Face.SMALL, state),
                y + 13,
                p.text());
        atlas.writeWithin(b.surface(), GlyphAtlas.Face.TINY, detail, x + 6, y + h - 4, w - 10, p.dim());
        int top = y + HEAD + 2;
        int body = h - HEAD - FOOT - 4;
        int glyph = Math.min(w * 2 / 5, 64);
        boolean down = frame.health(node) == Health.DOWN;
        if (!down) {
            NodeGlyph.bars(b, frame, node, x + 5, top, glyph - 6, body);
        }
        for (int m = 0; m < Mark.COUNT && !down; m++) {
            row(b, frame, node, m, x + glyph + 4, top + m * body / 4, w - glyph - 9, body / 4);
        }
        if (down) {
            b.strokes().line(b.surface(), x + 4, y + 4, x + w - 4, y + h - 4, 2.5, p.p1(), 1);
            b.strokes().line(b.surface(), x + w - 4, y + 4, x + 4, y + h - 4, 2.5, p.p1(), 1);
        }
    }

    private void row(Brush b, MapFrame frame, int node, int m, int x, int y, int w, int h) {
        float v = frame.value(node, m);
        float d = frame.deviation(node, m);
        String text = Float.isNaN(v) ? "–" : b.words().value(METRICS[m], v);
        boolean out = d < 0 || d > 1;
        int rgb = Float.isNaN(v)
                ? b.palette().dim()
                : out ? b.palette().priority(frame.priority(node)) : b.palette().text();
        double tw = b.atlas().width(GlyphAtlas.Face.SMALL, text);
        b.atlas().write(b.surface(), GlyphAtlas.Face.SMALL, text, x + w - tw, y + h / 2 + 4, rgb);
        int room = (int) (w - tw - 6);
        if (room >= 14) {
            int n = frame.sparks().copy(node, METRICS[m], history);
            spark(b, Arrays.copyOf(history, n), x, y + 1, room, h - 3);
        }
    }

    /// A line through the values; gaps where there was no reading.
    private static void spark(Brush b, float[] values, int x, int y, int w, int h) {
        float min = Float.MAX_VALUE;
        float max = -Float.MAX_VALUE;
        for (float v : values) {
            min = v < min ? v : min;
            max = v > max ? v : max;
        }
        if (values.length < 2 || min > max) {
            return;
        }
        float span = Math.max(max - min, Math.max(1e-3f, Math.abs(max) * 0.08f));
        float mid = (max + min) / 2;
        for (int i = 1; i < values.length; i++) {
            float a = values[i - 1];
            float c = values[i];
            if (!Float.isNaN(a) && !Float.isNaN(c)) {
                float x0 = x + (float) (w - 1) * (i - 1) / (values.length - 1);
                float x1 = x + (float) (w - 1) * i / (values.length - 1);
                float y0 = y + h / 2f - (a - mid) / span * (h - 2);
                float y1 = y + h / 2f - (c - mid) / span * (h - 2);
                Lines.opaque(b.surface(), x0, y0, x1, y1, b.palette().ink());
            }
        }
    }
}
