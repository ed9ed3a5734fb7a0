package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.raster.MapPalette;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleableProperty;
import javafx.css.converter.ColorConverter;
import javafx.scene.paint.Color;

/// The map's colours as CSS properties, `-lc-map-…`, one for each part of [MapPalette]; a theme's sheet sets them. FX
/// thread only.
final class MapColours {
    /// A property's name and what it is before a theme is applied.
    private record Token(String property, int initial) {}

    private static final List<Token> TOKENS = tokens(MapPalette.NIGHT);
    private static final List<CssMetaData<TopologyMap, Color>> META = meta();

    private final List<StyleableObjectProperty<Color>> colours = new ArrayList<>();

    MapColours(TopologyMap owner, Runnable changed) {
        for (int i = 0; i < TOKENS.size(); i++) {
            SimpleStyleableObjectProperty<Color> property = new SimpleStyleableObjectProperty<>(
                    META.get(i), owner, TOKENS.get(i).property, colour(TOKENS.get(i).initial));
            property.addListener(_ -> changed.run());
            colours.add(property);
        }
    }

    static List<CssMetaData<? extends Styleable, ?>> metaData() {
        return List.copyOf(META);
    }

    MapPalette palette() {
        int[] c = colours.stream().mapToInt(p -> rgb(p.get())).toArray();
        return new MapPalette(
                c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11], c[12], c[13], c[14], c[15],
                c[16], c[17], c[18], c[19], c[20], c[21], c[22]);
    }

    private static List<Token> tokens(MapPalette night) {
        int[] c = {
            night.ground(), night.room(), night.tile(), night.line(), night.lineStrong(), night.ink(), night.text(),
                    night.dim(),
            night.p1(), night.p2(), night.p3(), night.p4(), night.onP1(), night.onP2(), night.onP3(), night.onP4(),
            night.markOutline(), night.focus(), night.band(), night.coast(), night.land(), night.flow(), night.comet()
        };
        RecordComponent[] parts = MapPalette.class.getRecordComponents();
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < c.length; i++) {
            String name = parts[i].getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            tokens.add(new Token("-lc-map-" + name, c[i]));
        }
        return tokens;
    }

    private static List<CssMetaData<TopologyMap, Color>> meta() {
        List<CssMetaData<TopologyMap, Color>> all = new ArrayList<>();
        for (int i = 0; i < TOKENS.size(); i++) {
            all.add(new Meta(i));
        }
        return List.copyOf(all);
    }

    private static final class Meta extends CssMetaData<TopologyMap, Color> {
        private final int index;

        Meta(int index) {
            super(TOKENS.get(index).property, ColorConverter.getInstance(), colour(TOKENS.get(index).initial));
            this.index = index;
        }

        @Override
        public boolean isSettable(TopologyMap map) {
            return !map.colours().colours.get(index).isBound();
        }

        @Override
        public StyleableProperty<Color> getStyleableProperty(TopologyMap map) {
            return map.colours().colours.get(index);
        }
    }

    private static Color colour(int rgb) {
        return Color.color((rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0);
    }

    private static int rgb(Color c) {
        return (int) Math.round(c.getRed() * 255) << 16
                | (int) Math.round(c.getGreen() * 255) << 8
                | (int) Math.round(c.getBlue() * 255);
    }
}
