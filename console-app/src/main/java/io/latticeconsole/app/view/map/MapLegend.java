package io.latticeconsole.app.view.map;

import io.latticeconsole.app.style.Styles;
import io.latticeconsole.app.text.MapText;
import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.raster.MapWords;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Tier;
import java.util.concurrent.Executor;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What the edges of a node's tile mean, drawn by the map itself. Filled when it first joins a scene. FX thread.
public final class MapLegend extends VBox {
    private static final double PITCH = 156;
    private static final double TILE_WIDTH = 56;
    private static final double TILE_HEIGHT = 46;
    private static final double EDGE = 6;

    /// A node as it looks in one state.
    private enum Sign {
        FRESH(Health.UP, AdminState.SERVING, Freshness.FRESH),
        STALE(Health.UP, AdminState.SERVING, Freshness.STALE),
        UNREACHABLE(Health.UP, AdminState.SERVING, Freshness.UNREACHABLE),
        SUSPECT(Health.SUSPECT, AdminState.SERVING, Freshness.FRESH),
        DOWN(Health.DOWN, AdminState.SERVING, Freshness.FRESH),
        DRAINED(Health.UP, AdminState.DRAINED, Freshness.FRESH),
        ARMED(Health.UP, AdminState.SERVING, Freshness.FRESH);

        private final Health health;
        private final AdminState admin;
        private final Freshness freshness;

        Sign(Health health, AdminState admin, Freshness freshness) {
            this.health = health;
            this.admin = admin;
            this.freshness = freshness;
        }
    }

    /// @param raster where pictures are drawn: an executor of one thread
    public MapLegend(Executor raster) {
        super(2);
        setId("map-legend");
        sceneProperty().addListener(_ -> {
            if (getChildren().isEmpty()) {
                getChildren().addAll(signs(raster, new TopologyWords()), words());
            }
        });
    }

    private static TopologyMap signs(Executor raster, MapWords words) {
        MapTopology.Builder b = new MapTopology.Builder();
        int site = b.site(b.region("region", "", 0, 0), "site", "", Tier.EDGE, 0, 0);
        for (Sign sign : Sign.values()) {
            b.node(site, sign.name(), "");
        }
        MapTopology topology = b.build();
        Placement.Draft places = new Placement.Draft(topology, Arrangement.FREE);
        places.tile(site, TILE_WIDTH, TILE_HEIGHT);
        MapFrame.Builder frame = new MapFrame.Builder(topology);
        for (int n = 0; n < topology.nodeCount(); n++) {
            places.node(n, EDGE + n * PITCH, EDGE);
            Sign sign = Sign.values()[n];
            frame.condition(n, sign.health, sign.admin, sign.freshness).armed(n, sign == Sign.ARMED);
            for (Mark mark : Mark.values()) {
                frame.mark(n, mark, 0.5, 0, 1);
            }
        }
        TopologyMap map = new TopologyMap(raster, words);
        map.setFocusTraversable(false);
        map.setMouseTransparent(true);
        double width = PITCH * topology.nodeCount();
        double height = TILE_HEIGHT + 2 * EDGE;
        map.setMinSize(width, height);
        map.setMaxSize(width, height);
        map.showPlaced(topology, places.done(width, height, 0), frame.build());
        return map;
    }

    private static HBox words() {
        HBox words = new HBox();
        for (Sign sign : Sign.values()) {
            Label label = Styles.with(new Label(MapText.of("legend", sign)), Styles.SMALL);
            label.setWrapText(true);
            label.setMinWidth(PITCH);
            label.setMaxWidth(PITCH);
            words.getChildren().add(label);
        }
        return words;
    }
}
