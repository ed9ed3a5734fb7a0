package io.latticeconsole.app.view.map;

import io.latticeconsole.app.text.MapText;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.app.view.map.layout.PickGrid;
import io.latticeconsole.app.view.map.raster.MapWords;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import java.util.Arrays;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// The numbers of the object under the mouse, or else of the selected one while the map has the keyboard,
/// beside that object. FX thread.
final class Readout extends VBox {
    private final TopologyMap map;
    private final MapWords words;
    private final Label title = new Label();
    private final GridPane numbers = new GridPane();
    private double[] placedBeside = {};
    private CardPlace.Spot spot = new CardPlace.Spot(0, 0, 0);

    Readout(TopologyMap map, MapWords words) {
        this.map = map;
        this.words = words;
        getStyleClass().add("map-readout");
        title.getStyleClass().add("map-readout-title");
        numbers.setHgap(10);
        getChildren().setAll(title, numbers);
        setVisible(false);
        title.fontProperty().addListener(_ -> refresh());
        map.hoveredProperty().addListener(_ -> refresh());
        map.focusedProperty().addListener(_ -> refresh());
        map.selectedProperty().addListener(_ -> refresh());
    }

    /// Shows what is pointed at now, with its newest numbers.
    void refresh() {
        int hovered = map.hoveredProperty().get();
        int anchor = hovered != PickGrid.NOTHING ? hovered : map.isFocused() ? map.selectedAnchor() : PickGrid.NOTHING;
        MapTopology t = map.topology();
        boolean shown = anchor >= 0 && anchor < t.anchorCount() && !t.isRegion(anchor);
        setVisible(shown);
        if (shown) {
            if (t.isNode(anchor)) {
                node(t, map.frame(), t.indexOf(anchor));
            } else {
                site(t, map.frame(), t.indexOf(anchor));
            }
            applyCss();
            autosize();
            place(anchor);
        }
    }

    private void node(MapTopology t, MapFrame frame, int node) {
        title.setText(t.site(t.siteOf(node)).code() + " / " + t.node(node).code());
        boolean away = frame.freshness(node) == Freshness.UNREACHABLE;
        String condition = away ? words.unreachable() : words.health(frame.health(node));
        boolean silent = frame.health(node) == Health.DOWN || away;
        if (frame.freshness(node) == Freshness.STALE && !silent) {
            condition += " · " + MapText.of("stale");
        }
        if (frame.admin(node) != AdminState.SERVING) {
            condition += " · " + words.admin(frame.admin(node));
        }
        if (frame.priority(node) > 0) {
            condition += " · " + words.priority(frame.priority(node));
        }
        numbers.getChildren().clear();
        state(condition, 2);
        for (Mark mark : Mark.values()) {
            float v = frame.value(node, mark.index());
            if (!silent || !Float.isNaN(v)) { // else its state says why there is none
                row(frame, node, mark, v);
            }
        }
        if (numbers.getRowCount() > 1) {
            numbers.add(text(MapText.of("expected"), "name"), 2, 0);
        }
    }

    private void row(MapFrame frame, int node, Mark mark, float v) {
        int m = mark.index();
        String value = Float.isNaN(v) ? words.noReading() : words.value(mark, v);
        float low = frame.bandLow(node, m);
        float high = frame.bandHigh(node, m);
        String band = Float.isNaN(low) || Float.isNaN(high) || Float.isNaN(v)
                ? ""
                : MapText.of("band", words.value(mark, low), words.value(mark, high));
        numbers.addRow(m + 1, text(words.mark(mark), "name"), text(value, "value"), text(band, "name"));
    }

    private void site(MapTopology t, MapFrame frame, int site) {
        title.setText(t.site(site).code());
        numbers.getChildren().clear();
        state(words.tier(t.site(site).tier()) + " · " + Words.counted("nodes", t.nodesAt(site)), 3);
        double rate = 0;
        for (int l = 0; l < t.linkCount(); l++) {
            rate += t.linkTo(l) == t.siteAnchor(site) ? frame.linkRate(l) : 0;
        }
        if (rate > 0) {
            numbers.addRow(1, text(MapText.of("requests", words.delta(rate).substring(1)), "value"));
        }
    }

    private void state(String words, int columns) {
        numbers.add(text(words, "value"), 0, 0, columns, 1);
    }

    private static Label text(String words, String kind) {
        Label label = new Label(words);
        label.getStyleClass().add("map-readout-" + kind);
        return label;
    }

    /// Beside the object, where it hides least; there it rests until the object moves or an alarm is beneath it.
    private void place(int anchor) {
        double[] object = map.boundsOf(anchor);
        double w = getWidth();
        double h = getHeight();
        CardPlace place = CardPlace.beside(
                object, map.getWidth(), map.getHeight(), Neighbours.of(map, CardPlace.reach(object, w, h)));
        spot = Arrays.equals(object, placedBeside) ? place.bestFrom(spot, w, h) : place.best(w, h);
        placedBeside = object;
        relocate(Math.rint(spot.x()), Math.rint(spot.y()));
    }
}
