package io.latticeconsole.app.view.map.raster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Letters drawn once and blitted from then on: for each size a coverage mask per character. Immutable.
public final class GlyphAtlas {
    /// An atlas without letters: text takes no room and leaves no mark.
    public static final GlyphAtlas EMPTY = new GlyphAtlas(Map.of());

    /// The sizes in pixels that the map writes in; bold ones are for titles.
    public enum Face {
        TINY(9, false),
        SMALL(10, false),
        PLAIN(11, false),
        TITLE(12, true),
        HEAD(13, true),
        LARGE(15, true),
        MARK(9, true);

        private final int size;
        private final boolean bold;

        Face(int size, boolean bold) {
            this.size = size;
            this.bold = bold;
        }

        public int size() {
            return size;
        }

        public boolean bold() {
            return bold;
        }
    }

    /// One character of one face. @param cover 0 to 255 per pixel, row by row @param left, top offset of the mask from
    /// pen and baseline
    public static final class Glyph {
        private final byte[] cover;
        private final int width;
        private final int height;
        private final int left;
        private final int top;
        private final float advance;

        public Glyph(byte[] cover, int width, int left, int top, float advance) {
            this.cover = cover.clone();
            this.width = width;
            this.height = width == 0 ? 0 : cover.length / width;
            this.left = left;
            this.top = top;
            this.advance = advance;
        }
    }

    private final Map<Face, Map<Character, Glyph>> faces;

    public GlyphAtlas(Map<Face, Map<Character, Glyph>> faces) {
        this.faces = Map.copyOf(faces);
    }

    public boolean isEmpty() {
        return faces.isEmpty();
    }

    /// Width of a text in pixels.
    public double width(Face face, String text) {
        Map<Character, Glyph> glyphs = faces.getOrDefault(face, Map.of());
        double w = 0;
        for (int i = 0; i < text.length(); i++) {
            Glyph g = glyph(glyphs, text.charAt(i));
            w += g == null ? 0 : g.advance;
        }
        return w;
    }

    /// Writes a text with its pen starting at x on a baseline.
    void write(Surface s, Face face, String text, double x, int baseline, int rgb) {
        Map<Character, Glyph> glyphs = faces.getOrDefault(face, Map.of());
        double pen = x;
        for (int i = 0; i < text.length(); i++) {
            Glyph g = glyph(glyphs, text.charAt(i));
            if (g != null) {
                blit(s, g, (int) Math.round(pen) + g.left, baseline + g.top, rgb);
                pen += g.advance;
            }
        }
    }

    /// Writes a text, shortened with an ellipsis to a width; nothing when not even that fits.
    void writeWithin(Surface s, Face face, String text, double x, int baseline, double width, int rgb) {
        String shown = shortened(face, text, width);
        write(s, face, shown, x, baseline, rgb);
    }

    /// The text or as much of it as fits in a width.
    String shortened(Face face, String text, double width) {
        if (width(face, text) <= width) {
            return text;
        }
        for (int n = text.length() - 1; n > 1; n--) {
            String cut = text.substring(0, n) + "…";
            if (width(face, cut) <= width) {
                return cut;
            }
        }
        return "";
    }

    private static @Nullable Glyph glyph(Map<Character, Glyph> glyphs, char c) {
        Glyph g = glyphs.get(c);
        return g != null ? g : glyphs.get('?');
    }

    private static void blit(Surface s, Glyph g, int x, int y, int rgb) {
        for (int row = 0; row < g.height; row++) {
            for (int col = 0; col < g.width; col++) {
                int c = g.cover[row * g.width + col] & 0xFF;
                if (c > 0) {
                    s.mix(x + col, y + row, rgb, c + (c >> 7));
                }
            }
        }
    }
}
