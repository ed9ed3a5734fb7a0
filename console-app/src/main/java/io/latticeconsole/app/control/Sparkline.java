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

/// The recent history of one metric as a small line: oldest left, gaps where there was no reading, the expected
/// band behind it, a dotted line where the node was lost. Drawn again only when its data, size or theme
/// changes.
public final class Sparkline extends Region {
    private static final StyleablePropertyFactory<Sparkline> STYLE =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());

    private final StyleableProperty<Paint> line =
            STYLE.createStyleablePaintProperty(this, "linePaint", "-lc-line-paint", s -> s.line, Color.GRAY);
    private final StyleableProperty<Paint> band =
            STYLE.createStyleablePaintProperty(this, "bandPaint", "-lc-band-paint", s -> s.band, Color.LIGHTGRAY);
    private final StyleableProperty<Paint> loss =
            STYLE.createStyleablePaintProperty(this, "lossPaint", "-lc-loss-paint", s -> s.loss, Color.GRAY);

    private final Canvas canvas = new Canvas();
    private float[] values = {};
    private double bandLow = Double.NaN;
    private double bandHigh = Double.NaN;
    private int lossIndex = -1;

    public Sparkline(double prefWidth, double prefHeight) {
        getStyleClass().add("sparkline");
        setPrefSize(prefWidth, prefHeight);
        setMinHeight(prefHeight);
        getChildren().add(canvas);
        for (StyleableProperty<Paint> paint : List.of(line, band, loss)) {
            ((javafx.beans.Observable) paint).addListener(_ -> requestLayout());
        }
    }

    /// Shows values in the metric's own unit, oldest first, NaN for no reading.
    ///
    /// @param values not changed by the caller afterwards
    /// @param bandLow expected range, NaN where there is none
    /// @param lossIndex index of the value at which the node was lost, -1 for none
    public void show(float[] values, double bandLow, double bandHigh, int lossIndex) {
        this.values = values;
        this.bandLow = bandLow;
        this.bandHigh = bandHigh;
        this.lossIndex = lossIndex;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
        }
        draw();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        double w = canvas.getWidth();
        double h = canvas.getHeight();
        g.clearRect(0, 0, w, h);
        double low = Double.isNaN(bandLow) ? Double.POSITIVE_INFINITY : bandLow;
        double high = Double.isNaN(bandHigh) ? Double.NEGATIVE_INFINITY : bandHigh;
        for (float v : values) {
            if (!Float.isNaN(v)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        if (high < low || w < 4) {
            return;
        }
        double pad = Math.max((high - low) * 0.25, Math.abs(high) * 0.02 + 1e-9);
        Scale scale = new Scale(low - pad, high + pad, h);
        if (!Double.isNaN(bandLow) && !Double.isNaN(bandHigh)) {
            g.setFill(band.getValue());
            g.fillRect(0, scale.y(bandHigh), w, Math.max(1, scale.y(bandLow) - scale.y(bandHigh)));
        }
        g.setStroke(line.getValue());
        g.setLineWidth(1.4);
        stroke(g, scale, w / Math.max(1, values.length - 1));
        if (lossIndex >= 0) {
            double x = Math.round(lossIndex * w / Math.max(1, values.length - 1)) + 0.5;
            g.setStroke(loss.getValue());
            g.setLineWidth(1);
            g.setLineDashes(2, 3);
            g.strokeLine(x, 0, x, h);
            g.setLineDashes();
        }
    }

    private void stroke(GraphicsContext g, Scale scale, double step) {
        boolean drawing = false;
        g.beginPath();
        for (int i = 0; i < values.length; i++) {
            if (Float.isNaN(values[i])) {
                drawing = false;
            } else if (drawing) {
                g.lineTo(i * step, scale.y(values[i]));
            } else {
                g.moveTo(i * step, scale.y(values[i]));
                drawing = true;
            }
        }
        g.stroke();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return STYLE.getCssMetaData();
    }

    private record Scale(double low, double high, double height) {
        double y(double value) {
            return height - (value - low) / (high - low) * height;
        }
    }
}
