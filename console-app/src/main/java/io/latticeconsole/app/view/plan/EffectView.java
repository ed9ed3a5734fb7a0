package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.control.Pair;
import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.plan.Plan;
import io.latticeconsole.plan.Violation;
import java.util.List;
import java.util.Objects;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What would happen, as the coordinator says: who takes the load, what is placed where, what would be broken, how long
/// it takes. A plan for other fields is shown dimmed.
final class EffectView extends VBox {
    private static final PseudoClass OUTDATED = PseudoClass.getPseudoClass("outdated");
    private final PlanViewModel model;

    EffectView(PlanViewModel model) {
        this.model = model;
        getStyleClass().add("plan-effect");
        setId("plan-effect");
        model.stageProperty().addListener((_, before, now) -> {
            if (!Objects.equals(before.shown(), now.shown()) || before.isCurrent() != now.isCurrent()) {
                show(now);
            }
        });
        show(model.stageProperty().get());
    }

    private void show(PlanStage stage) {
        getChildren().clear();
        Plan plan = stage.shown();
        pseudoClassStateChanged(OUTDATED, plan != null && !stage.isCurrent());
        if (plan == null) {
            String key = stage instanceof PlanStage.Planning ? "plan.asking" : "plan.none";
            getChildren().add(wrapped(PaneText.of(key), Styles.DIM));
            return;
        }
        if (!stage.isCurrent()) {
            getChildren().add(wrapped(PaneText.of("plan.outdated"), Styles.DIM));
        }
        LatticeState lattice = model.lattice();
        VBox summary = new VBox();
        EffectText.summary(plan).forEach(f -> summary.getChildren().add(new Pair(f.name(), f.value())));
        getChildren().add(summary);
        violations(lattice, plan);
        if (!plan.effects().isEmpty()) {
            getChildren().addAll(heading("plan.whoTakes"), sideways(table(EffectText.table(lattice, plan))));
        }
        if (!plan.notes().isEmpty()) {
            getChildren().add(heading("plan.notes"));
            plan.notes().forEach(n -> getChildren().add(wrapped(ObjectNames.inText(lattice, n), "plan-line")));
        }
        if (!plan.placements().isEmpty()) {
            getChildren().add(heading("plan.placements"));
            EffectText.placements(lattice, plan).forEach(p -> getChildren().add(wrapped(p, "plan-line")));
        }
    }

    private void violations(LatticeState lattice, Plan plan) {
        List<Violation> added =
                plan.violations().stream().filter(v -> !v.presentBefore()).toList();
        List<Violation> old =
                plan.violations().stream().filter(Violation::presentBefore).toList();
        if (plan.violations().isEmpty()) {
            getChildren().add(wrapped(PaneText.of("plan.breaksNothing"), Styles.DIM));
        }
        if (!added.isEmpty()) {
            getChildren().add(heading("plan.adds"));
            added.forEach(v -> getChildren().add(violation(lattice, v, "violation-added")));
        }
        if (!old.isEmpty()) {
            getChildren().add(heading("plan.already"));
            old.forEach(v -> getChildren().add(violation(lattice, v, "violation-old")));
        }
    }

    private static Label violation(LatticeState lattice, Violation v, String styleClass) {
        String subject = v.subject().isEmpty() ? "" : ObjectNames.of(lattice, v.subject()) + ": ";
        return wrapped(
                PaneText.of("violation", v.kind()) + " · " + subject + ObjectNames.inText(lattice, v.description()),
                styleClass);
    }

    private static GridPane table(List<List<String>> rows) {
        GridPane grid = Styles.with(new GridPane(8, 2), "effects");
        List<String> head =
                List.of("column.site", "column.model", "column.load", "column.objective", "column.headroom");
        for (int c = 0; c < head.size(); c++) {
            grid.add(cell(PaneText.of(head.get(c)), c, "effects-head"), c, 0);
        }
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < head.size(); c++) {
                grid.add(cell(rows.get(r).get(c), c, "effects-cell"), c, r + 1);
            }
        }
        return grid;
    }

    /// A table too wide for the pane scrolls by itself; the rest stays in sight.
    private static ScrollPane sideways(GridPane table) {
        ScrollPane scroll = new ScrollPane(table);
        scroll.setFitToWidth(true);
        scroll.setMinWidth(0);
        scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        return scroll;
    }

    private static Label cell(String text, int column, String styleClass) {
        Label label = Styles.with(new Label(text), styleClass);
        if (column >= 2) {
            GridPane.setHalignment(label, HPos.RIGHT);
            GridPane.setHgrow(label, Priority.ALWAYS);
        }
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static Label heading(String key) {
        return Styles.with(new Label(PaneText.of(key)), Styles.SECTION_HEADING);
    }

    private static Label wrapped(String text, String styleClass) {
        Label label = Styles.with(new Label(text), styleClass);
        label.setWrapText(true);
        return label;
    }
}
