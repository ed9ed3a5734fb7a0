package io.latticeconsole.app.control;

import javafx.scene.control.Button;
import javafx.scene.layout.FlowPane;

/// Buttons side by side; where there is no room for all their words, one below another.
public final class Buttons extends FlowPane {
    private static final double GAP = 8;

    public Buttons(Button... buttons) {
        super(GAP, GAP);
        show(buttons);
    }

    public void show(Button... buttons) {
        for (Button button : buttons) {
            button.setMinWidth(USE_PREF_SIZE);
        }
        getChildren().setAll(buttons);
    }
}
