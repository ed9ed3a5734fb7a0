package io.latticeconsole.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.fx.Fx;

import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.view.exercise.ExerciseView;
import io.latticeconsole.app.view.exercise.ExerciseViewModel;
import io.latticeconsole.app.view.fixture.ScriptedOrders;
import io.latticeconsole.app.view.fixture.SmallLattice;
import io.latticeconsole.app.view.inspector.InspectorView;
import io.latticeconsole.app.view.inspector.InspectorViewModel;
import io.latticeconsole.app.view.plan.PlanKind;
import io.latticeconsole.app.view.plan.PlanView;
import io.latticeconsole.app.view.plan.PlanViewModel;
import io.latticeconsole.app.view.selection.Selection;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

/// Where the keyboard is after panes have come and gone.
@SuppressWarnings("NullAway.Init") // set by start, before each test
class RightRailTest extends ApplicationTest {
    private final ScriptedOrders orders = new ScriptedOrders();
    private final PlanViewModel plan = new PlanViewModel(orders, Fx.executor());
    private TextField search;
    private Button map;
    private RightRail rail;

    @Override
    public void start(Stage stage) {
        search = new TextField();
        map = new Button("map");
        Selection selection = new Selection();
        ExerciseViewModel exercise = new ExerciseViewModel(orders, Fx.executor());
        exercise.update(SmallLattice.state(), SmallLattice.NOON);
        plan.update(SmallLattice.state(), SmallLattice.NOON);
        rail = new RightRail(
                plan,
                new InspectorView(new InspectorViewModel(selection), _ -> {}),
                new PlanView(plan),
                close -> new ExerciseView(exercise, close));
        Scene scene = new Scene(new HBox(search, map, rail), 900, 700);
        StyleSheets.apply(scene, Theme.NIGHT, 1);
        stage.setScene(scene);
        stage.show();
    }

    private void openDrain() {
        interact(() -> {
            rail.remember();
            assertTrue(plan.open(PlanKind.DRAIN, SmallLattice.PAR_N2));
        });
    }

    @Test
    void itIsBackAtTheMapWhateverWasAskedForFromAPane() {
        interact(map::requestFocus);
        interact(rail::openExercise);
        interact(rail::remember); // a key that could open no plan here
        push(KeyCode.ESCAPE);
        assertTrue(map.isFocused());
    }

    @Test
    void aPlanOpenedFromTheExercisePaneLeadsBackToIt() {
        interact(map::requestFocus);
        interact(rail::openExercise);
        openDrain();
        assertFalse(lookup("#fault-kind").query().isFocused());
        interact(plan::close);
        assertTrue(lookup("#fault-kind").query().isFocused());
        push(KeyCode.ESCAPE);
        assertTrue(map.isFocused());
        assertFalse(search.isFocused());
    }
}
