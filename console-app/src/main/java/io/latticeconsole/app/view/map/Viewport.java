package io.latticeconsole.app.view.map;

import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.layout.GeographicLayout;
import io.latticeconsole.app.view.map.layout.Levels;
import io.latticeconsole.app.view.map.layout.PickGrid;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.layout.Projection;
import io.latticeconsole.app.view.map.layout.Routes;
import io.latticeconsole.app.view.map.layout.SchematicLayout;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one topology is looked at: its arrangement, the camera, and what follows from them. Arrangements and cameras
/// change only when the topology's objects or the operator say so, never with values. FX thread only; no scene graph.
final class Viewport {
    private static final double MARGIN = 14;
    /// A whole lattice is not blown up beyond this while letters have their usual size.
    private static final double MAX_FIT = 1.25;
    /// A lattice of a few nodes has a whole map to itself, and may be larger.
    private static final double MAX_FIT_OF_FEW = 2;
    private static final int FEW = 24;
    /// A resized window keeps its arrangement as long as another would not show it larger by more than this.
    private static final double REARRANGE = 0.72;

    private MapTopology topology = MapTopology.EMPTY;
    private Arrangement arrangement = Arrangement.SCHEMATIC;
    private Placement placement = SchematicLayout.arrange(MapTopology.EMPTY, 1, 1);
    private @Nullable Projection projection;
    private @Nullable Placement given;
    private Routes routes = new Routes(topology, placement);
    private PickGrid picks = new PickGrid(topology, placement);
    private Camera camera = new Camera(1, 0, 0);
    private Levels levels = Levels.allNodes(topology);
    private double width = 1;
    private double height = 1;
    private boolean fitted = true;
    private boolean allNodes;
    private double letters = 1;
    private @Nullable DetailLevel chosen;

    MapTopology topology() {
        return topology;
    }

    Arrangement arrangement() {
        return arrangement;
    }

    Placement placement() {
        return placement;
    }

    Optional<Projection> projection() {
        return Optional.ofNullable(projection);
    }

    Routes routes() {
        return routes;
    }

    Camera camera() {
        return camera;
    }

    Levels levels() {
        return levels;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    /// Shows a topology; returns whether its objects differ from those before, so that places changed.
    boolean show(MapTopology next) {
        if (next == topology) {
            return false;
        }
        boolean same = next.sameObjects(topology);
        topology = next;
        if (same) {
            routes = new Routes(topology, placement);
            picks = new PickGrid(topology, placement);
            return false;
        }
        arrange();
        return true;
    }

    /// Shows nodes at given places, with every node drawn whatever its size.
    void place(MapTopology next, Placement places) {
        topology = next;
        given = places;
        allNodes = true;
        arrangement = places.arrangement();
        arrange();
    }

    /// Changes the arrangement and fits it; the same one is laid out anew for the present size.
    void arrange(Arrangement next) {
        arrangement = next;
        fitted = true;
        arrange();
    }

    private void arrange() {
        switch (arrangement) {
            case SCHEMATIC -> {
                placement = SchematicLayout.arrange(topology, width - 2 * MARGIN, height - 2 * MARGIN);
                projection = null;
            }
            case GEOGRAPHIC -> {
                GeographicLayout.Atlas atlas = GeographicLayout.arrange(topology, width / Math.max(1, height));
                placement = atlas.placement();
                projection = atlas.projection();
            }
            case FREE -> placement = given == null ? placement : given;
        }
        routes = new Routes(topology, placement);
        picks = new PickGrid(topology, placement);
        if (fitted) {
            fit();
        } else {
            look(camera);
        }
    }

    /// Follows the window's size: keeps the whole in view if it was.
    void resize(double w, double h) {
        if (w == width && h == height) {
            return;
        }
        width = Math.max(1, w);
        height = Math.max(1, h);
        if (!fitted) {
            return;
        }
        if (arrangement == Arrangement.SCHEMATIC) {
            Placement other = SchematicLayout.arrange(topology, width - 2 * MARGIN, height - 2 * MARGIN);
            if (fitScale(placement) < REARRANGE * fitScale(other)) {
                arrange();
                return;
            }
        } else if (arrangement == Arrangement.GEOGRAPHIC) {
            arrange();
            return;
        }
        fit();
    }

    private double most() {
        return letters * (topology.nodeCount() <= FEW ? MAX_FIT_OF_FEW : MAX_FIT);
    }

    private double fitScale(Placement p) {
        return Camera.fit(p, width, height, MARGIN, most()).scale();
    }

    /// Follows the size of letters, 1 is the usual one: what they stand on may grow as much.
    void letters(double size) {
        letters = size;
        if (fitted) {
            fit();
        }
    }

    /// Shows the whole lattice.
    void fit() {
        fitted = true;
        double margin = arrangement == Arrangement.FREE ? 0 : MARGIN;
        look(Camera.fit(placement, width, height, margin, arrangement == Arrangement.FREE ? 1 : most()));
        fitted = true;
    }

    void pan(double dx, double dy) {
        look(camera.panned(dx, dy));
    }

    void zoom(double factor, double x, double y) {
        chosen = null;
        look(camera.zoomed(factor, x, y));
    }

    /// Shows every site at a level: collapsed ones where they are with the whole in view, single nodes as near as that
    /// takes, around a
    /// point of the world. Zooming by hand gives the choice of level back to the pixels.
    void showLevel(DetailLevel level, double worldX, double worldY) {
        switch (level) {
            case WORLD, REGION -> {
                fit();
                chosen = level;
                levels = Levels.all(topology, level);
            }
            case SITE -> {
                chosen = null;
                fit();
                if (levels.usual().compareTo(DetailLevel.SITE) < 0) {
                    look(Camera.centred(DetailLevel.GLYPH_PX * 1.3 / tile(), worldX, worldY, width, height));
                }
            }
            case NODE -> {
                chosen = null;
                look(Camera.centred(DetailLevel.NUMBERS_PX * 1.15 / tile(), worldX, worldY, width, height));
            }
        }
    }

    /// Moves the least that brings an object into view.
    void reveal(int anchor) {
        double[] box = PickGrid.box(topology, placement, anchor);
        double x = camera.screenX(box[0]);
        double y = camera.screenY(box[1]);
        double dx = shift(x, x + box[2] * camera.scale(), width);
        double dy = shift(y, y + box[3] * camera.scale(), height);
        if (dx != 0 || dy != 0) {
            pan(dx, dy);
        }
    }

    private static double shift(double low, double high, double size) {
        return low < MARGIN ? MARGIN - low : high > size - MARGIN ? Math.max(size - MARGIN - high, MARGIN - low) : 0;
    }

    /// The anchor under a pixel, or [PickGrid#NOTHING].
    int pick(double x, double y) {
        return picks.pick(camera.worldX(x), camera.worldY(y));
    }

    private void look(Camera next) {
        camera = next;
        fitted = false;
        if (chosen != null) {
            levels = levels.count() == topology.siteCount() ? levels : Levels.all(topology, chosen);
            return;
        }
        levels = allNodes
                ? levels.count() == topology.siteCount() ? levels : Levels.allNodes(topology)
                : Levels.at(Optional.of(levels), topology, placement, camera);
    }

    private double tile() {
        return topology.siteCount() == 0 ? 48 : placement.tileWidth(0);
    }
}
