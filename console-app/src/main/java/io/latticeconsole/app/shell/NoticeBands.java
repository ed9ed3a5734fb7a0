package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Styles;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Calm bands above the status line, below map and tables, one sentence each: what cannot be reached from here. They
/// move nothing and go by themselves.
final class NoticeBands extends VBox {
    NoticeBands(StatusViewModel model) {
        setId("notices");
        setPickOnBounds(false);
        setMaxHeight(Region.USE_PREF_SIZE);
        model.stateProperty().subscribe(this::show);
    }

    private void show(StatusState state) {
        while (getChildren().size() > state.notices().size()) {
            getChildren().removeLast();
        }
        while (getChildren().size() < state.notices().size()) {
            getChildren().add(Styles.with(new HBox(new Label()), Styles.NOTICE_BAND));
        }
        for (int i = 0; i < state.notices().size(); i++) {
            Label label = (Label) ((HBox) getChildren().get(i)).getChildren().getFirst();
            label.setText(state.notices().get(i));
        }
    }
}
