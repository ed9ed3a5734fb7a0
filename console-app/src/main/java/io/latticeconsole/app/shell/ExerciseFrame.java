package io.latticeconsole.app.shell;

import io.latticeconsole.app.style.Styles;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;

/// The root of a window: hatched along its four edges while the lattice is in an exercise. FX thread.
final class ExerciseFrame extends BorderPane {
    private final List<Region> edges =
            Stream.generate(() -> Styles.with(new Region(), "hatch")).limit(4).toList();

    ExerciseFrame(Node content) {
        super(content);
        getStyleClass().add("window-frame");
        setTop(edges.get(0));
        setRight(edges.get(1));
        setBottom(edges.get(2));
        setLeft(edges.get(3));
        setExercise(false);
    }

    void setExercise(boolean exercise) {
        pseudoClassStateChanged(Styles.EXERCISE, exercise);
        for (Region edge : edges) {
            edge.setVisible(exercise);
            edge.setManaged(exercise);
        }
    }
}
