package io.latticeconsole.app.view.map;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // set by start, before each test
class ReadoutTest {
    private static final String NODE = "regions/r3/sites/par-1/nodes/n2";

    private final ExecutorService raster = Executors.newSingleThreadExecutor();
    private final MapTopology topology = SeededLattice.topology(96, 7);
    private TopologyMap map;
    private Readout card;

    @Start
    void start(Stage stage) {
        map = new TopologyMap(raster, new PlainWords());
        card = new Readout(map, new PlainWords());
        stage.setScene(new Scene(new StackPane(map, new Pane(card)), 960, 640));
        stage.show();
        map.show(topology, SeededLattice.quiet(topology, 1).build());
        map.requestFocus();
    }

    @AfterEach
    void end() {
        raster.shutdown();
    }

    @Test
    void aDeadNodesCardSaysThatItIsDownAndListsNoMissingReadings(FxRobot robot) {
        robot.interact(() -> map.select(NODE));
        for (Mark mark : Mark.values()) {
            assertTrue(text().contains(new PlainWords().mark(mark)), text());
        }
        int node = topology.indexOf(topology.anchor(NODE).orElseThrow());
        MapFrame.Builder dead = SeededLattice.quiet(topology, 1);
        dead.condition(node, Health.DOWN, AdminState.SERVING, Freshness.STALE);
        for (Mark mark : Mark.values()) {
            dead.mark(node, mark, Float.NaN, Float.NaN, Float.NaN);
        }
        robot.interact(() -> {
            map.show(topology, dead.build());
            card.refresh();
        });
        assertTrue(text().contains(new PlainWords().health(Health.DOWN)), text());
        assertFalse(text().contains(new PlainWords().noReading()) || text().contains("stale"), text());
    }

    @Test
    void theCardLeavesTheRightNeighbourInSightWhereThereIsRoomElsewhere(FxRobot robot) {
        robot.interact(() -> map.select(NODE));
        double[] right =
                map.boundsOf(topology.anchor("regions/r3/sites/par-1/nodes/n3").orElseThrow());
        assertFalse(card.getBoundsInParent().intersects(right[0], right[1], right[2], right[3]));
    }

    private String text() {
        return card.lookupAll(".label").stream().map(l -> ((Label) l).getText()).collect(Collectors.joining(" | "));
    }
}
