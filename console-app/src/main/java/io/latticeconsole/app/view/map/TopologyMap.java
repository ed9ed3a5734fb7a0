package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.PickGrid;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.raster.MapScene;
import io.latticeconsole.app.view.map.raster.MapWords;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// The map itself: shows the newest [MapFrame] of a [MapTopology], drawn off the FX thread, and follows mouse and
/// keyboard.
///
/// FX thread only. Nothing is drawn while nothing changes, and the camera moves only for its operator. Objects are
/// selected by resource
/// name, so that a selection outlives a change of arrangement or topology.
public final class TopologyMap extends Region {
    private final Viewport viewport = new Viewport();
    private final Painting painting;
    private final MapColours colours;
    private final ReadOnlyObjectWrapper<@Nullable String> selected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper hovered = new ReadOnlyIntegerWrapper(PickGrid.NOTHING);
    private final ReadOnlyObjectWrapper<Arrangement> arrangement = new ReadOnlyObjectWrapper<>(Arrangement.SCHEMATIC);
    private final ReadOnlyObjectWrapper<DetailLevel> level = new ReadOnlyObjectWrapper<>(DetailLevel.SITE);
    private final List<Consumer<String>> activated = new ArrayList<>();
    private MapFrame frame = MapFrame.unread(MapTopology.EMPTY);

    /// @param raster where pictures are drawn: an executor of one thread @param words what the map writes
    public TopologyMap(Executor raster, MapWords words) {
        getStyleClass().add("topology-map");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        painting = new Painting(this, viewport, raster, words);
        colours = new MapColours(this, painting::restyle);
        getChildren().add(painting.view());
        new MapMouse(this).install();
        new MapKeys(this).install();
        focusedProperty().addListener(_ -> painting.request());
        fontProbe();
    }

    /// Shows what exists and what it is like; a frame belongs to its topology.
    ///
    /// @throws IllegalArgumentException if the frame was made for another number of nodes or links
    public void show(MapTopology topology, MapFrame next) {
        require(topology, next);
        frame = next;
        if (viewport.show(topology)) {
            painting.recut();
        }
        changed();
        painting.arrived(next);
    }

    /// Shows nodes at given places with level of detail off: each is drawn whatever its size, links straight between
    /// them.
    public void showPlaced(MapTopology topology, Placement placement, MapFrame next) {
        require(topology, next);
        frame = next;
        viewport.place(topology, placement);
        arrangement.set(placement.arrangement());
        changed();
        painting.arrived(next);
    }

    private static void require(MapTopology topology, MapFrame next) {
        if (next.nodeCount() != topology.nodeCount() || next.linkCount() != topology.linkCount()) {
            throw new IllegalArgumentException("A frame of %d nodes and %d links cannot show a topology of %d and %d"
                    .formatted(next.nodeCount(), next.linkCount(), topology.nodeCount(), topology.linkCount()));
        }
    }

    /// Selects an object by resource name, or nothing; a name that is not there stays selected and appears with its
    /// object.
    public void select(@Nullable String key) {
        selected.set(key);
        setAccessibleText(key == null ? "" : painting.describe(anchorOf(key), frame));
        painting.request();
    }

    public ReadOnlyObjectProperty<@Nullable String> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// Anchor of the object under the mouse, -1 for none.
    public ReadOnlyIntegerProperty hoveredProperty() {
        return hovered.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Arrangement> arrangementProperty() {
        return arrangement.getReadOnlyProperty();
    }

    /// The level of detail that most sites have.
    public ReadOnlyObjectProperty<DetailLevel> levelProperty() {
        return level.getReadOnlyProperty();
    }

    /// The newest frame whose picture was handed to the renderer.
    public ReadOnlyObjectProperty<MapFrame> drawnFrameProperty() {
        return painting.drawnFrameProperty();
    }

    /// How many pictures were shown since the start; it stands still while nothing changes.
    public long picturesShown() {
        return painting.picturesShown();
    }

    /// Calls back with the resource name of an object that the operator entered (Enter or double click on a node).
    public void onActivated(Consumer<String> listener) {
        activated.add(listener);
    }

    /// Lays the same objects out in another arrangement and shows all of it; the selection stays.
    public void arrange(Arrangement next) {
        viewport.arrange(next);
        arrangement.set(next);
        changed();
    }

    /// Shows sites at a level of detail; near ones around the selection or else the middle of the view.
    public void goTo(DetailLevel next) {
        int anchor = selectedAnchor();
        double x = viewport.camera().worldX(viewport.width() / 2);
        double y = viewport.camera().worldY(viewport.height() / 2);
        if (anchor != PickGrid.NOTHING) {
            x = viewport.placement().centreX(viewport.topology(), anchor);
            y = viewport.placement().centreY(viewport.topology(), anchor);
        }
        viewport.showLevel(next, x, y);
        moved();
    }

    /// Shows the whole lattice.
    public void fit() {
        viewport.fit();
        moved();
    }

    /// Moves the camera by so many units of the scene.
    public void pan(double dx, double dy) {
        viewport.pan(dx * painting.scale(), dy * painting.scale());
        moved();
    }

    /// Zooms by a factor around a point of this control.
    public void zoom(double factor, double x, double y) {
        viewport.zoom(factor, x * painting.scale(), y * painting.scale());
        moved();
    }

    /// Whether flows drift slowly; off at first.
    public void setDrift(boolean on) {
        painting.setDrift(on);
    }

    public boolean isDrift() {
        return painting.drift();
    }

    /// What is shown at present.
    public MapTopology topology() {
        return viewport.topology();
    }

    public MapFrame frame() {
        return frame;
    }

    /// Anchor of the selected object, -1 when nothing is selected or it is not in the lattice now.
    public int selectedAnchor() {
        return anchorOf(selected.get());
    }

    /// The rectangle of an object in this control's units: left, top, width, height.
    public double[] boundsOf(int anchor) {
        double[] b = PickGrid.box(viewport.topology(), viewport.placement(), anchor);
        double k = painting.scale();
        double s = viewport.camera().scale();
        return new double[] {
            viewport.camera().screenX(b[0]) / k, viewport.camera().screenY(b[1]) / k, b[2] * s / k, b[3] * s / k
        };
    }

    Viewport viewport() {
        return viewport;
    }

    MapColours colours() {
        return colours;
    }

    void hover(int anchor) {
        if (hovered.get() != anchor) {
            hovered.set(anchor);
            painting.request();
        }
    }

    void activate(int anchor) {
        String key = viewport.topology().key(anchor);
        activated.forEach(l -> l.accept(key));
    }

    /// The anchor under a point of this control, -1 for none.
    int pick(double x, double y) {
        return viewport.pick(x * painting.scale(), y * painting.scale());
    }

    void selectAnchor(int anchor) {
        select(anchor == PickGrid.NOTHING ? null : viewport.topology().key(anchor));
    }

    void reveal(int anchor) {
        viewport.reveal(anchor);
        moved();
    }

    MapScene.Focus focusNow() {
        return new MapScene.Focus(selectedAnchor(), hovered.get(), isFocused());
    }

    private int anchorOf(@Nullable String key) {
        OptionalInt anchor =
                key == null ? OptionalInt.empty() : viewport.topology().anchor(key);
        return anchor.orElse(PickGrid.NOTHING);
    }

    private void moved() {
        painting.moved();
        changed();
    }

    private void changed() {
        level.set(viewport.levels().usual());
        painting.request();
    }

    private void fontProbe() {
        Text probe = new Text();
        probe.setManaged(false);
        probe.setVisible(false);
        getChildren().add(probe);
        probe.fontProperty().addListener((_, _, font) -> painting.font(font));
        painting.font(probe.getFont());
    }

    @Override
    protected void layoutChildren() {
        painting.resize(getWidth(), getHeight());
        level.set(viewport.levels().usual());
    }

    @Override
    public @Nullable String getUserAgentStylesheet() {
        URL sheet = TopologyMap.class.getResource("/io/latticeconsole/themes/map.css");
        return sheet == null ? null : sheet.toExternalForm();
    }

    /// Properties that style sheets may set.
    public static List<CssMetaData<? extends Styleable, ?>> getClassCssMetaData() {
        List<CssMetaData<? extends Styleable, ?>> all = new ArrayList<>(Region.getClassCssMetaData());
        all.addAll(MapColours.metaData());
        return all;
    }

    private static final class Meta {
        static final List<CssMetaData<? extends Styleable, ?>> ALL = List.copyOf(getClassCssMetaData());
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return Meta.ALL;
    }

    /// The control that shows the pixels, for pictures of it.
    Node pixels() {
        return painting.view();
    }
}
