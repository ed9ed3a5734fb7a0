package io.latticeconsole.app.view.map;

import io.latticeconsole.app.text.MapText;
import io.latticeconsole.app.text.Words;
import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.selection.Selection;
import io.latticeconsole.lattice.NodeId;
import io.latticeconsole.lattice.RegionId;
import io.latticeconsole.lattice.ResourceName;
import io.latticeconsole.lattice.SiteId;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The topology pane: title, arrangements and level above the map, the numbers of what is pointed at over it. It
/// follows and changes the
/// shared selection. FX thread.
public final class TopologyView extends BorderPane {
    private final TopologyMap map;
    private final Selection selection;
    private final Readout readout;
    private final Label level = new Label();
    private final Label size = new Label();

    /// @param raster where pictures are drawn: an executor of one thread
    public TopologyView(MapViewModel model, Selection selection, Executor raster) {
        this.selection = selection;
        TopologyWords words = new TopologyWords();
        map = new TopologyMap(raster, words);
        readout = new Readout(map, words);
        getStyleClass().add("topology-view");
        Pane over = new Pane(readout);
        over.setMouseTransparent(true);
        setCenter(new StackPane(map, over));
        setTop(header());
        model.contentProperty().subscribe(this::show);
        map.selectedProperty().addListener((_, _, key) -> tell(key));
        selection.selectedProperty().subscribe(this::follow);
        map.levelProperty().subscribe(l -> level.setText(MapText.of("level", l)));
        addEventHandler(KeyEvent.KEY_PRESSED, this::forwarded);
    }

    /// The map, for what a command does to it: level, arrangement, drift, fit.
    public TopologyMap map() {
        return map;
    }

    /// Calls back when the operator enters a node.
    public void onActivated(Consumer<ResourceName> listener) {
        map.onActivated(key -> listener.accept(name(map.topology(), key)));
    }

    @Override
    public void requestFocus() {
        map.requestFocus();
    }

    private void show(MapContent content) {
        map.show(content.topology(), content.frame());
        MapTopology t = content.topology();
        size.setText(MapText.of("size", Words.counted("nodes", t.nodeCount()), Words.counted("sites", t.siteCount())));
        readout.refresh();
    }

    private HBox header() {
        Label title = new Label(MapText.of("title"));
        title.getStyleClass().add("strong");
        ToggleGroup group = new ToggleGroup();
        ToggleButton schematic = choice(Arrangement.SCHEMATIC, group);
        ToggleButton geographic = choice(Arrangement.GEOGRAPHIC, group);
        map.arrangementProperty().subscribe(a -> {
            schematic.setSelected(a == Arrangement.SCHEMATIC);
            geographic.setSelected(a == Arrangement.GEOGRAPHIC);
        });
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        level.getStyleClass().add("dim");
        size.getStyleClass().add("dim");
        level.setMinWidth(USE_PREF_SIZE);
        givesWay(title);
        givesWay(size);
        HBox header = new HBox(title, geographic, schematic, gap, size, level);
        header.getStyleClass().add("map-header");
        header.setAlignment(Pos.CENTER_LEFT);
        return header;
    }

    /// Not half a word: what has no room is not shown.
    private static void givesWay(Label label) {
        label.setMinWidth(0);
        label.visibleProperty().bind(label.textTruncatedProperty().not());
    }

    private ToggleButton choice(Arrangement arrangement, ToggleGroup group) {
        ToggleButton button = new ToggleButton(MapText.of("arrangement", arrangement));
        button.setToggleGroup(group);
        button.setFocusTraversable(false);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(_ -> {
            map.arrange(arrangement);
            button.setSelected(true);
        });
        return button;
    }

    private void tell(@Nullable String key) {
        if (key == null) {
            selection.clear();
        } else if (map.topology().anchor(key).isPresent()) {
            selection.select(name(map.topology(), key));
        }
    }

    private void follow(@Nullable ResourceName name) {
        String key = name == null ? null : name.name();
        if (!Objects.equals(key, map.selectedProperty().get())) {
            map.select(key);
        }
        readout.refresh();
    }

    private static ResourceName name(MapTopology topology, String key) {
        int anchor = topology.anchor(key).orElseThrow();
        return topology.isRegion(anchor)
                ? new RegionId(key)
                : topology.isSite(anchor) ? new SiteId(key) : new NodeId(key);
    }

    /// Keys that the window passes on to this pane are the map's.
    private void forwarded(KeyEvent event) {
        if (event.getTarget() == this && !event.isConsumed()) {
            map.fireEvent(event.copyFor(map, map));
            event.consume();
        }
    }
}
