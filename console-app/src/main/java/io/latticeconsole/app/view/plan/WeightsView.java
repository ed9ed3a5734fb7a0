package io.latticeconsole.app.view.plan;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.PaneText;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The shares of a route's sites: slider and spinner for each, what it is now, and the sum.
final class WeightsView extends VBox {
    WeightsView(RerouteForm form) {
        getStyleClass().add("weights");
        GridPane grid = new GridPane(8, 3);
        int row = 0;
        for (WeightField weight : form.weights()) {
            addRow(grid, row++, weight);
        }
        Label sum = new Label();
        sum.setId("weights-sum");
        sum.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> sentence(form.sum()),
                        form.weights().stream()
                                .map(WeightField::percentProperty)
                                .toArray(Observable[]::new)));
        getChildren().addAll(grid, sum);
    }

    private static void addRow(GridPane grid, int row, WeightField weight) {
        Label site = new Label(weight.code());
        site.setMinWidth(USE_PREF_SIZE);
        Label before = Styles.with(new Label(PaneText.of("weights.before", weight.before() + "")), Styles.DIM);
        before.setMinWidth(USE_PREF_SIZE);
        Slider slider = new Slider(0, 100, weight.percentProperty().get());
        slider.setBlockIncrement(5);
        slider.setAccessibleText(weight.code());
        slider.valueProperty().bindBidirectional(weight.percentProperty());
        SpinnerValueFactory.IntegerSpinnerValueFactory values = new SpinnerValueFactory.IntegerSpinnerValueFactory(
                0, 100, weight.percentProperty().get());
        Spinner<Integer> spinner = new Spinner<>(values);
        spinner.setEditable(true);
        spinner.setPrefWidth(82);
        spinner.setId("weight-" + weight.code());
        spinner.setAccessibleText(weight.code() + " %");
        values.valueProperty().bindBidirectional(weight.boxedProperty());
        GridPane.setHgrow(slider, Priority.ALWAYS);
        grid.addRow(row, site, before, slider, spinner);
    }

    private static String sentence(int sum) {
        if (sum == 100) {
            return PaneText.of("weights.whole");
        }
        return sum < 100
                ? PaneText.of("weights.short", sum + "", (100 - sum) + "")
                : PaneText.of("weights.over", sum + "", (sum - 100) + "");
    }
}
