package io.latticeconsole.app.control;

import io.latticeconsole.app.style.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The steps of something that runs, side by side and equally wide so that nothing moves while it goes on: a bar that
/// fills, the step's name, and its time.
public final class PhaseBar extends HBox {
    private final List<Cell> cells = new ArrayList<>();

    public PhaseBar() {
        getStyleClass().add("phase-bar");
    }

    public void show(List<PhaseStep> steps) {
        while (cells.size() < steps.size()) {
            Cell cell = new Cell();
            cells.add(cell);
            getChildren().add(cell);
        }
        while (cells.size() > steps.size()) {
            getChildren().remove(cells.removeLast());
        }
        StringBuilder spoken = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            PhaseStep step = steps.get(i);
            cells.get(i).show(step);
            spoken.append(step.name()).append(' ').append(step.time()).append("; ");
        }
        setAccessibleText(spoken.toString());
    }

    private static final class Cell extends VBox {
        private final ShareBar bar = new ShareBar(20);
        private final Label name = Styles.with(new Label(), "phase-name");
        private final Label time = Styles.with(new Label(), "phase-time");

        Cell() {
            getStyleClass().add("phase");
            setMinWidth(0);
            setPrefWidth(40);
            setHgrow(this, Priority.ALWAYS);
            getChildren().addAll(bar, name, time);
        }

        void show(PhaseStep step) {
            bar.setShare(step.progress());
            if (!step.name().equals(name.getText())) {
                name.setText(step.name());
            }
            if (!step.time().equals(time.getText())) {
                time.setText(step.time());
            }
        }
    }
}
