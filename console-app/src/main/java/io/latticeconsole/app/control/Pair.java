package io.latticeconsole.app.control;

import io.latticeconsole.app.style.Styles;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// A name on the left and its value on the right, in several lines where it is long.
public final class Pair extends HBox {
    private final Label value;

    public Pair(String name, String value) {
        getStyleClass().add("pair");
        Label label = Styles.with(new Label(name), "pair-name");
        this.value = Styles.with(new Label(value), "pair-value");
        label.setMinWidth(USE_PREF_SIZE);
        this.value.setWrapText(true);
        Region gap = new Region();
        setHgrow(gap, Priority.ALWAYS);
        getChildren().addAll(label, gap, this.value);
    }

    public void show(String text) {
        if (!text.equals(value.getText())) {
            value.setText(text);
        }
    }
}
