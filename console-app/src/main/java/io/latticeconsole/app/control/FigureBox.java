package io.latticeconsole.app.control;

import io.latticeconsole.app.format.Figure;
import io.latticeconsole.app.style.Styles;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// A figure with its name above: small name, large value, small unit. Its width is fixed in digits, so that a changing
/// number moves nothing.
public final class FigureBox extends VBox {
    /// Size of the name in usual text, for which widths are given.
    private static final double NAME_PIXELS = 10.14;

    private final Label name;
    private final Label value = Styles.with(new Label(Figure.NONE.value()), "figure-value");
    private final Label unit = Styles.with(new Label(), "figure-unit");
    private final HBox line = new HBox(3, value, unit);

    public FigureBox(String name, double minWidth) {
        this.name = Styles.with(new Label(name), "figure-name");
        getStyleClass().add("figure");
        setAlignment(Pos.CENTER_LEFT);
        line.setAlignment(Pos.BASELINE_LEFT);
        this.name.fontProperty().subscribe(f -> setMinWidth(minWidth * Math.max(1, f.getSize() / NAME_PIXELS)));
        for (Label label : new Label[] {this.name, value, unit}) {
            label.setMinWidth(USE_PREF_SIZE);
        }
        getChildren().addAll(this.name, line);
        setFocusTraversable(false);
    }

    public void show(Figure figure) {
        show(figure.value(), figure.unit());
    }

    public void show(String value, String unit) {
        if (!value.equals(this.value.getText()) || !unit.equals(this.unit.getText())) {
            this.value.setText(value);
            this.unit.setText(unit);
            setAccessibleText(name.getText() + " " + value + " " + unit);
        }
    }

    public String valueText() {
        return value.getText();
    }
}
