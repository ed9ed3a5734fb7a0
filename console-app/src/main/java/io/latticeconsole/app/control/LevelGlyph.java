package io.latticeconsole.app.control;

import java.util.List;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

/// A level line as the map draws it, for the legend: four bars in the order utilisation, temperature, power,
/// latency, each normalised to its expected band, which is the middle third.
public final class LevelGlyph extends Region {
    private static final StyleablePropertyFactory<LevelGlyph> STYLE =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final double WIDTH = 48;
    private static final double HEIGHT = 40;

    private final StyleableProperty<Paint> line =
            STYLE.createStyleablePaintProperty(this, "linePaint", "-lc-line-paint", g -> g.line, Color.GRAY);
    private final StyleableProperty<Paint> band =
            STYLE.createStyleablePaintProperty(this, "bandPaint", "-lc-band-paint", g -> g.band, Color.LIGHTGRAY);
    private final StyleableProperty<Paint> track =
            STYLE.createStyleablePaintProperty(this, "trackPaint", "-lc-track-paint", g -> g.track, Color.WHITE);
    private final StyleableProperty<Paint> p1 =
            STYLE.createStyleablePaintProperty(this, "p1Paint", "-lc-p1-paint", g -> g.p1, Color.BLACK);
    private final StyleableProperty<Paint> p2 =
            STYLE.createStyleablePaintProperty(this, "p2Paint", "-lc-p2-paint", g -> g.p2, Color.BLACK);
    private final StyleableProperty<Paint> p3 =
            STYLE.createStyleablePaintProperty(this, "p3Paint", "-lc-p3-paint", g -> g.p3, Color.BLACK);
    private final StyleableProperty<Paint> p4 =
            STYLE.createStyleablePaintProperty(this, "p4Paint", "-lc-p4-paint", g -> g.p4, Color.BLACK);

    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
    private final double[] levels;
    private final int priority;

    /// @param levels four places within the bar, 0 bottom to 1 top; a third to two thirds is the band
    /// @param priority colour of what lies outside the band, 1 to 4
    public LevelGlyph(double[] levels, int priority) {
        this.levels = levels.clone();
        this.priority = priority;
        getStyleClass().add("level-glyph");
        setMinSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        getChildren().add(canvas);
        for (StyleableProperty<Paint> paint : List.of(line, band, track, p1, p2, p3, p4)) {
            ((javafx.beans.Observable) paint).addListener(_ -> requestLayout());
        }
    }

    @Override
    protected void layoutChildren() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, WIDTH, HEIGHT);
        double barHeight = HEIGHT - 14;
        for (int i = 0; i < levels.length; i++) {
            double x = 9 + i * 8;
            g.setFill(track.getValue());
            g.fillRect(x, 7, 6, barHeight);
            g.setFill(band.getValue());
            g.fillRect(x, 7 + barHeight / 3, 6, barHeight / 3);
            boolean outside = levels[i] < 1 / 3.0 || levels[i] > 2 / 3.0;
            g.setFill(outside ? priorityPaint() : line.getValue());
            double y = 7 + (1 - levels[i]) * barHeight;
            g.fillRect(x, Math.round(y) - 1.0, 6, 2.5);
            if (outside) {
                g.fillRect(x, levels[i] > 0.5 ? 5 : 7 + barHeight, 6, 2);
            }
        }
    }

    private Paint priorityPaint() {
        return switch (priority) {
            case 1 -> p1.getValue();
            case 2 -> p2.getValue();
            case 3 -> p3.getValue();
            default -> p4.getValue();
        };
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return STYLE.getCssMetaData();
    }
}
