package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.raster.GlyphAtlas;
import io.latticeconsole.app.view.map.raster.GlyphAtlas.Face;
import io.latticeconsole.app.view.map.raster.GlyphAtlas.Glyph;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.Group;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelReader;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontSmoothingType;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/// Cuts letters for the raster out of JavaFX text, once per font. FX thread only.
final class LetterCutter {
    private static final String ALWAYS = "–−…°·×≥≤→µ\u00a0\u202f";

    private LetterCutter() {}

    /// The characters that the map of a topology needs.
    static Set<Character> alphabet(MapTopology topology) {
        Set<Character> letters = new TreeSet<>();
        for (char c = ' '; c < 127; c++) {
            letters.add(c);
        }
        ALWAYS.chars().forEach(c -> letters.add((char) c));
        for (int r = 0; r < topology.regionCount(); r++) {
            topology.region(r).title().chars().forEach(c -> letters.add((char) c));
        }
        for (int s = 0; s < topology.siteCount(); s++) {
            topology.site(s).code().chars().forEach(c -> letters.add((char) c));
        }
        return letters;
    }

    /// Letters of a font family in all faces. @param pixelsPerUnit output scale times text scale
    static GlyphAtlas cut(String family, double pixelsPerUnit, Set<Character> letters) {
        Map<Face, Map<Character, Glyph>> faces = new EnumMap<>(Face.class);
        for (Face face : Face.values()) {
            FontWeight weight = face.bold() ? FontWeight.BOLD : FontWeight.NORMAL;
            faces.put(face, cut(Font.font(family, weight, face.size() * pixelsPerUnit), letters));
        }
        return new GlyphAtlas(faces);
    }

    private static Map<Character, Glyph> cut(Font font, Set<Character> letters) {
        int cell = (int) Math.ceil(font.getSize() * 2);
        int rise = (int) Math.ceil(font.getSize() * 1.3);
        Group row = new Group();
        int x = 0;
        Map<Character, Float> advance = new HashMap<>();
        for (char c : letters) {
            Text text = new Text(x + cell / 4.0, rise, String.valueOf(c));
            text.setFont(font);
            text.setFill(Color.WHITE);
            text.setTextOrigin(VPos.BASELINE);
            text.setFontSmoothingType(FontSmoothingType.GRAY);
            row.getChildren().add(text);
            advance.put(c, (float) text.getLayoutBounds().getWidth());
            x += cell;
        }
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        parameters.setViewport(new Rectangle2D(0, 0, x, cell));
        PixelReader pixels = row.snapshot(parameters, null).getPixelReader();
        Map<Character, Glyph> glyphs = new HashMap<>();
        int left = 0;
        for (char c : letters) {
            glyphs.put(c, glyph(pixels, left, cell, rise, advance.getOrDefault(c, 0f)));
            left += cell;
        }
        return glyphs;
    }

    private static Glyph glyph(PixelReader pixels, int left, int cell, int rise, float advance) {
        int first = cell;
        int last = -1;
        for (int x = 0; x < cell; x++) {
            for (int y = 0; y < cell; y++) {
                if (pixels.getArgb(left + x, y) >>> 24 > 0) {
                    first = Math.min(first, x);
                    last = x;
                }
            }
        }
        int width = Math.max(0, last - first + 1);
        byte[] cover = new byte[width * cell];
        for (int y = 0; y < cell; y++) {
            for (int x = 0; x < width; x++) {
                cover[y * width + x] = (byte) (pixels.getArgb(left + first + x, y) >>> 24);
            }
        }
        return new Glyph(cover, width, first - cell / 4, -rise, advance);
    }
}
