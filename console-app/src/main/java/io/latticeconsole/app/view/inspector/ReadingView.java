package io.latticeconsole.app.view.inspector;

import io.latticeconsole.app.control.Sparkline;
import io.latticeconsole.app.style.Styles;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One reading: its name, number and note left, its five minutes right.
final class ReadingView extends HBox {
    private static final PseudoClass OLD = PseudoClass.getPseudoClass("old");
    private final Label name = Styles.with(new Label(), "reading-name");
    private final Label figure = Styles.with(new Label(), "reading-figure");
    private final Label note = Styles.with(new Label(), "reading-note");
    private final Sparkline line = new Sparkline(180, 40);
    private @Nullable Reading shown;

    ReadingView() {
        getStyleClass().add("reading");
        VBox words = Styles.with(new VBox(name, new HBox(6, figure, note)), "reading-words");
        HBox.setHgrow(line, Priority.ALWAYS);
        getChildren().addAll(words, line);
    }

    void show(Reading reading) {
        if (reading.equals(shown)) {
            return;
        }
        shown = reading;
        name.setText(reading.name());
        figure.setText(reading.figure());
        note.setText(reading.note());
        pseudoClassStateChanged(OLD, reading.old());
        line.show(reading.series(), reading.low(), reading.high(), reading.loss());
        setAccessibleText(reading.name() + " " + reading.figure() + " " + reading.note());
    }
}
