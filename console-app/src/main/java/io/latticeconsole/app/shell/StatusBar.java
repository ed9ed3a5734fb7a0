package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.Words;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The line at the bottom: when each gateway was last heard, clocks that differ, what went wrong, the console's last
/// word.
final class StatusBar extends HBox {
    private final HBox endpoints = new HBox(16);
    private final Label clock = new Label();
    private final Label weight = new Label();
    private final Label problems = new Label();
    private final Label message = new Label();

    StatusBar(StatusViewModel model) {
        super(24);
        getStyleClass().add("status-bar");
        // It has what the others leave, however much there is to say; the rest is in its tip.
        message.setPrefWidth(0);
        message.setMaxWidth(Double.MAX_VALUE);
        message.setAlignment(Pos.CENTER_RIGHT);
        setHgrow(message, Priority.ALWAYS);
        Label heard = new Label(Words.of("status.heard"));
        Label keys = new Label(Words.of("status.keys"));
        for (Label label : List.of(problems, keys)) {
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        for (Region givesWay : List.of(this, heard, clock, weight, message, endpoints)) {
            givesWay.setMinWidth(0);
        }
        getChildren().addAll(new HBox(10, heard, endpoints), clock, weight, problems, message, keys);
        model.stateProperty().subscribe(this::show);
    }

    /// Says something that needs no answer; it stays until the next.
    void say(String text) {
        message.setText(text);
        message.setTooltip(text.isEmpty() ? null : new Tooltip(text));
    }

    private void show(StatusState s) {
        while (endpoints.getChildren().size() > s.endpoints().size()) {
            endpoints.getChildren().removeLast();
        }
        while (endpoints.getChildren().size() < s.endpoints().size()) {
            endpoints.getChildren().add(new Label());
        }
        for (int i = 0; i < s.endpoints().size(); i++) {
            StatusState.Heard heard = s.endpoints().get(i);
            Label label = (Label) endpoints.getChildren().get(i);
            label.setText(heard.name() + " " + heard.age());
            label.getStyleClass().remove(Styles.STRONG);
            if (heard.isStale()) {
                label.getStyleClass().add(Styles.STRONG);
            }
        }
        show(clock, s.clock());
        show(weight, s.weight());
        show(problems, s.problems());
    }

    private static void show(Label label, String text) {
        label.setText(text);
        label.setManaged(!text.isEmpty());
    }
}
