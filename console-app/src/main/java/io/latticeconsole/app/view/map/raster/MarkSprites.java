package io.latticeconsole.app.view.map.raster;

import java.util.HashMap;
import java.util.Map;

/// The alarm shapes: octagon 1, triangle 2, diamond 3, circle 4, each with its number inside; drawn once per size and
/// blitted. For one
/// thread.
final class MarkSprites {
    private static final int WHITE = 0xFFFFFF;
    /// Below this many pixels across, a number inside would be a blot.
    private static final int NUMBER_FROM = 11;

    private final Strokes strokes;
    private final GlyphAtlas atlas;
    private final Map<Integer, Sprite> sprites = new HashMap<>();

    MarkSprites(Strokes strokes, GlyphAtlas atlas) {
        this.strokes = strokes;
        this.atlas = atlas;
    }

    boolean drawnWith(GlyphAtlas other) {
        return atlas == other;
    }

    /// @param rim coverage of the shape one pixel larger @param shape coverage of the shape @param number coverage of
    /// the number
    private record Sprite(Surface rim, Surface shape, Surface number) {}

    /// Draws the mark of a priority from 1 to 4, centred, so many pixels across.
    void draw(Surface s, MapPalette palette, int priority, int centreX, int centreY, int across) {
        Sprite sprite = sprites.computeIfAbsent(priority << 8 | across, _ -> sprite(priority, across));
        int rgb = palette.priority(priority);
        int rim = palette.markOutline();
        int size = sprite.shape.width();
        int x = centreX - size / 2;
        int y = centreY - size / 2;
        stamp(s, sprite.rim, x, y, rim);
        stamp(s, sprite.shape, x, y, rgb);
        stamp(s, sprite.number, x, y, palette.onPriority(priority));
    }

    /// Pixels from the centre that a mark may touch.
    static int reach(int across) {
        return across / 2 + 3;
    }

    private static void stamp(Surface s, Surface mask, int x, int y, int rgb) {
        for (int row = 0; row < mask.height; row++) {
            for (int col = 0; col < mask.width; col++) {
                int c = mask.pixels[row * mask.width + col] & 0xFF;
                if (c > 0) {
                    s.mix(x + col, y + row, rgb, c + (c >> 7));
                }
            }
        }
    }

    private Sprite sprite(int priority, int across) {
        int size = across + 5;
        double c = size / 2.0;
        Surface rim = blank(size);
        outline(rim, priority, c, across / 2.0 + 1.2);
        Surface shape = blank(size);
        outline(shape, priority, c, across / 2.0);
        Surface number = blank(size);
        if (across >= NUMBER_FROM + (priority == 2 ? 2 : 0)) {
            String text = Integer.toString(priority);
            GlyphAtlas.Face face = GlyphAtlas.Face.MARK;
            double w = atlas.width(face, text);
            int baseline = (int) Math.round(c + face.size() * 0.36 + (priority == 2 ? 1 : 0));
            atlas.write(number, face, text, c - w / 2, baseline, WHITE);
        }
        return new Sprite(rim, shape, number);
    }

    private static Surface blank(int size) {
        Surface s = new Surface(size, size);
        s.clear(0);
        return s;
    }

    private void outline(Surface s, int priority, double c, double radius) {
        switch (priority) {
            case 1 -> strokes.regular(s, c, c, radius * 1.05, 8, Math.PI / 8, WHITE, 1);
            case 2 -> strokes.regular(s, c, c + radius * 0.18, radius * 1.25, 3, -Math.PI / 2, WHITE, 1);
            case 3 -> strokes.regular(s, c, c, radius * 1.18, 4, 0, WHITE, 1);
            default -> strokes.disc(s, c, c, radius, WHITE, 1);
        }
    }
}
