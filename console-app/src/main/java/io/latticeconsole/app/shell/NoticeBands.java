package io.latticeconsole.app.shell;

import io.latticeconsole.app.control.SeverityMark;
import io.latticeconsole.app.style.Styles;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Calm bands above the status line, below map and tables, one sentence each: what cannot be reached from
/// here, what has to be renewed. They move nothing and go by themselves.
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
            HBox band = new HBox(8, new SeverityMark(), new Label());
            band.setAlignment(Pos.CENTER_LEFT);
            getChildren().add(Styles.with(band, Styles.NOTICE_BAND));
        }
        for (int i = 0; i < state.notices().size(); i++) {
            List<Node> band = ((HBox) getChildren().get(i)).getChildren();
            Notice notice = state.notices().get(i);
            SeverityMark mark = (SeverityMark) band.getFirst();
            mark.setPriority(notice.priority());
            mark.setManaged(notice.priority() > 0);
            ((Label) band.getLast()).setText(notice.text());
        }
    }
}
