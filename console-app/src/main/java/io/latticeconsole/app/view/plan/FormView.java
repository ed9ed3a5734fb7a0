package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.format.ObjectNames;
import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import io.latticeconsole.lattice.LatticeState;
import io.latticeconsole.lattice.ModelId;
import io.latticeconsole.lattice.Route;
import io.latticeconsole.lattice.RouteId;
import io.latticeconsole.lattice.RouteMode;
import io.latticeconsole.operation.DeadlinePolicy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.Property;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// The fields of one form, each with what is wrong with it below; locked while an order is armed or runs.
final class FormView extends VBox {
    private final PlanViewModel model;
    private final GridPane grid = new GridPane(10, 5);
    private final Map<FormField, Label> errors = new EnumMap<>(FormField.class);
    private int rows;

    FormView(PlanViewModel model, PlanForm form) {
        this.model = model;
        getStyleClass().add("plan-form");
        getChildren().add(grid);
        switch (form) {
            case DrainForm f -> drain(f);
            case RestoreForm f -> restore(f);
            case RerouteForm f -> reroute(f);
            case RedeployForm f -> redeploy(f);
        }
        model.notes().fieldErrorsProperty().addListener((_, _, now) -> showErrors(now));
        disableProperty().bind(model.stageProperty().map(s -> !s.isEditable()));
    }

    private void drain(DrainForm form) {
        row(FormField.TARGETS, text(form.targetsProperty(), "PAR-1/n2, AMS-1", "plan-targets"));
        row(
                FormField.POLICY,
                choice(
                        List.of(DeadlinePolicy.values()),
                        form.policyProperty(),
                        p -> PaneText.of("policy", p),
                        "plan-policy"));
        row(FormField.DEADLINE, text(form.deadlineProperty(), PaneText.of("prompt.deadline"), "plan-deadline"));
    }

    private void restore(RestoreForm form) {
        row(FormField.TARGETS, text(form.targetsProperty(), "PAR-1/n2, AMS-1", "plan-targets"));
        row(FormField.SLOW_START, text(form.slowStartProperty(), PaneText.of("prompt.slowStart"), "plan-slow-start"));
    }

    private void reroute(RerouteForm form) {
        LatticeState lattice = model.lattice();
        ComboBox<RouteId> routes = new ComboBox<>();
        routes.getItems()
                .setAll(lattice.routes().values().stream()
                        .map(Route::id)
                        .sorted()
                        .toList());
        routes.setConverter(new Named<>(r -> ObjectNames.of(lattice, r)));
        routes.setValue(form.route());
        routes.setId("plan-route");
        routes.setMaxWidth(Double.MAX_VALUE);
        routes.valueProperty().addListener((_, _, route) -> model.chooseRoute(route));
        row(FormField.ROUTE, routes);
        row(
                FormField.MODE,
                choice(
                        List.of(RouteMode.values()),
                        form.modeProperty(),
                        m -> PaneText.of("route.mode", m),
                        "plan-mode"));
        WeightsView weights = new WeightsView(form);
        weights.visibleProperty().bind(form.modeProperty().isEqualTo(RouteMode.WEIGHTED));
        weights.managedProperty().bind(weights.visibleProperty());
        wide(FormField.WEIGHTS, weights);
        row(FormField.RAMP, text(form.rampProperty(), PaneText.of("prompt.ramp"), "plan-ramp"));
        row(FormField.EXPIRY, text(form.expiryProperty(), PaneText.of("prompt.expiry"), "plan-expiry"));
        CheckBox revert = new CheckBox(PaneText.of("plan.revert"));
        revert.setId("plan-revert");
        revert.selectedProperty().bindBidirectional(form.revertProperty());
        revert.setWrapText(true);
        grid.add(revert, 0, rows++, 2, 1);
    }

    private void redeploy(RedeployForm form) {
        LatticeState lattice = model.lattice();
        row(
                FormField.MODEL,
                choice(form.models(), form.modelProperty(), m -> ObjectNames.of(lattice, m), "plan-model"));
        ComboBox<String> version = new ComboBox<>();
        version.setEditable(true);
        version.setId("plan-version");
        version.setMaxWidth(Double.MAX_VALUE);
        version.getItems()
                .setAll(RedeployForm.versions(lattice, form.modelProperty().get()));
        version.getEditor().textProperty().bindBidirectional(form.versionProperty());
        form.modelProperty().addListener((_, _, m) -> offerVersions(version, lattice, m));
        row(FormField.VERSION, version);
        row(FormField.NODES, text(form.nodesProperty(), PaneText.of("prompt.nodes"), "plan-nodes"));
        row(FormField.CANARY, text(form.canaryProperty(), PaneText.of("prompt.canary"), "plan-canary"));
        row(FormField.BAKE, text(form.bakeProperty(), PaneText.of("prompt.bake"), "plan-bake"));
        row(FormField.MAX_ERRORS, text(form.maxErrorsProperty(), PaneText.of("prompt.maxErrors"), "plan-max-errors"));
        row(FormField.MAX_TTFT, text(form.maxTtftProperty(), PaneText.of("prompt.maxTtft"), "plan-max-ttft"));
        row(FormField.SURGE, text(form.surgeProperty(), PaneText.of("prompt.surge"), "plan-surge"));
    }

    private static void offerVersions(ComboBox<String> box, LatticeState lattice, ModelId model) {
        List<String> versions = RedeployForm.versions(lattice, model);
        box.getItems().setAll(versions);
        box.getEditor().setText(versions.isEmpty() ? "" : versions.getLast());
    }

    private void row(FormField field, Node control) {
        Label label = Styles.with(new Label(field.words()), Styles.DIM);
        label.setLabelFor(control);
        label.setMinWidth(Region.USE_PREF_SIZE);
        control.setAccessibleHelp(field.words());
        GridPane.setHgrow(control, Priority.ALWAYS);
        grid.addRow(rows++, label, control);
        grid.add(error(field), 0, rows++, 2, 1);
    }

    private void wide(FormField field, Node control) {
        grid.add(control, 0, rows++, 2, 1);
        grid.add(error(field), 0, rows++, 2, 1);
    }

    private Label error(FormField field) {
        Label error = Styles.with(new Label(), "field-error");
        error.setId("error-" + field.name());
        error.setWrapText(true);
        error.setVisible(false);
        error.setManaged(false);
        errors.put(field, error);
        return error;
    }

    private void showErrors(List<FieldError> now) {
        Map<FormField, String> byField =
                now.stream().collect(Collectors.toMap(FieldError::field, FieldError::message, (a, b) -> a + "; " + b));
        errors.forEach((field, label) -> {
            String message = byField.getOrDefault(field, "");
            label.setText(message);
            label.setVisible(!message.isEmpty());
            label.setManaged(!message.isEmpty());
        });
    }

    private static TextField text(StringProperty value, String prompt, String id) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.textProperty().bindBidirectional(value);
        return field;
    }

    private static <T> ComboBox<T> choice(List<T> values, Property<T> value, Function<T, String> name, String id) {
        ComboBox<T> box = new ComboBox<>();
        box.getItems().setAll(values);
        box.setConverter(new Named<>(name));
        box.setId(id);
        box.setMaxWidth(Double.MAX_VALUE);
        box.valueProperty().bindBidirectional(value);
        return box;
    }

    private static final class Named<T> extends StringConverter<T> {
        private final Function<T, String> name;

        Named(Function<T, String> name) {
            this.name = name;
        }

        @Override
        public String toString(T value) {
            return value == null ? "" : name.apply(value);
        }

        @Override
        public T fromString(String text) {
            throw new IllegalArgumentException("a list that is not editable was given '" + text + "'");
        }
    }
}
