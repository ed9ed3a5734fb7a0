package io.latticeconsole.app;

import io.latticeconsole.app.view.exercise.ExerciseView;
import io.latticeconsole.app.view.inspector.InspectorView;
import io.latticeconsole.app.view.plan.PlanView;
import io.latticeconsole.app.view.plan.PlanViewModel;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The right rail: a plan while one is open, else the exercise pane if it was asked for, else what is selected.
/// The keyboard goes back to where it was before the first of them.
final class RightRail extends StackPane {
    private final PlanViewModel plan;
    private final PlanView planView;
    private final ExerciseView exercise;
    private final InspectorView inspector;
    private boolean exerciseAsked;
    private @Nullable Node before;

    /// @param exercise makes the exercise pane, given how it is closed
    RightRail(
            PlanViewModel plan, InspectorView inspector, PlanView planView, Function<Runnable, ExerciseView> exercise) {
        this.plan = plan;
        this.inspector = inspector;
        this.planView = planView;
        this.exercise = exercise.apply(this::closeExercise);
        plan.formProperty().subscribe((was, is) -> {
            show();
            if (is == null && was != null) {
                giveBack();
            }
        });
        show();
    }

    void openExercise() {
        remember();
        exerciseAsked = true;
        show();
        exercise.focusFirst();
    }

    /// To be called before a plan is opened: where the keyboard goes back to.
    void remember() {
        Node owner = getScene() == null ? null : getScene().getFocusOwner();
        if (owner != null && !isInside(owner)) {
            before = owner;
        }
    }

    private boolean isInside(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n.equals(this)) {
                return true;
            }
        }
        return false;
    }

    private void closeExercise() {
        exerciseAsked = false;
        show();
        giveBack();
    }

    private void giveBack() {
        if (exerciseAsked) {
            exercise.focusFirst();
        } else if (before != null) {
            before.requestFocus();
        }
    }

    private void show() {
        boolean planning = plan.formProperty().get() != null;
        show(planView, planning);
        show(exercise, !planning && exerciseAsked);
        show(inspector, !planning && !exerciseAsked);
    }

    /// A pane joins the scene when it is first shown; until then it costs no styling.
    private void show(Node pane, boolean shown) {
        if (shown && !getChildren().contains(pane)) {
            getChildren().add(pane);
        }
        pane.setVisible(shown);
    }
}
