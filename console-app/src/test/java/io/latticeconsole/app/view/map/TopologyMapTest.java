package io.latticeconsole.app.view.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.style.StyleSheets;
import io.latticeconsole.app.style.Theme;
import io.latticeconsole.app.view.map.layout.Arrangement;
import io.latticeconsole.app.view.map.layout.DetailLevel;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // set by start, before each test
class TopologyMapTest {
    private static final String NODE = "regions/r3/sites/par-1/nodes/n2";

    private final ExecutorService raster = Executors.newSingleThreadExecutor();
    private final MapTopology topology = SeededLattice.topology(96, 7);
    private TopologyMap map;
    private Scene scene;

    @Start
    void start(Stage stage) {
        map = new TopologyMap(raster, new PlainWords());
        scene = new Scene(new StackPane(map), 960, 640);
        StyleSheets.apply(scene, Theme.NIGHT, 1);
        stage.setScene(scene);
        stage.show();
        map.show(topology, SeededLattice.quiet(topology, 1).build());
        map.requestFocus();
    }

    @AfterEach
    void end() {
        raster.shutdown();
    }

    private void awaitPictureOf(MapFrame frame) throws Exception {
        WaitForAsyncUtils.waitFor(
                10, TimeUnit.SECONDS, () -> map.drawnFrameProperty().get() == frame);
    }

    private static void settle() {
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void aFrameBecomesPixelsInTheColoursOfTheTheme(FxRobot robot) throws Exception {
        awaitPictureOf(map.frame());
        assertTrue(count(robot, 0xD7DCE0) > 500, "dashes in the night theme's text colour");
        robot.interact(() -> StyleSheets.apply(scene, Theme.DAY, 1));
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> count(robot, 0xD5D9DC) > 10_000);
    }

    private int count(FxRobot robot, int rgb) {
        int[] n = new int[1];
        robot.interact(() -> {
            PixelReader pixels = scene.snapshot(null).getPixelReader();
            for (int y = 0; y < 640; y++) {
                for (int x = 0; x < 960; x++) {
                    n[0] += (pixels.getArgb(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
                }
            }
        });
        return n[0];
    }

    @Test
    void noPictureIsMadeWhileNothingChanges(FxRobot robot) throws Exception {
        awaitPictureOf(map.frame());
        long before = map.picturesShown();
        for (int i = 0; i < 5; i++) {
            MapFrame same = SeededLattice.quiet(topology, 1).build();
            robot.interact(() -> map.show(topology, same));
            awaitPictureOf(same);
        }
        assertEquals(before, map.picturesShown());
    }

    @Test
    void keysMoveTheSelectionAndKeepItThroughArrangements(FxRobot robot) {
        robot.interact(() -> map.select(NODE));
        robot.type(KeyCode.RIGHT);
        settle();
        assertEquals("regions/r3/sites/par-1/nodes/n3", map.selectedProperty().get());
        robot.type(KeyCode.G);
        settle();
        assertEquals(Arrangement.GEOGRAPHIC, map.arrangementProperty().get());
        assertEquals("regions/r3/sites/par-1/nodes/n3", map.selectedProperty().get());
        robot.type(KeyCode.S);
        settle();
        assertEquals(Arrangement.SCHEMATIC, map.arrangementProperty().get());
        robot.type(KeyCode.ESCAPE);
        settle();
        assertEquals("regions/r3/sites/par-1", map.selectedProperty().get());
        robot.type(KeyCode.ENTER);
        settle();
        assertEquals("regions/r3/sites/par-1/nodes/n1", map.selectedProperty().get());
        assertTrue(map.getAccessibleText().startsWith("PAR-1 n1, up"), map.getAccessibleText());
    }

    @Test
    void digitsSetTheLevelAndEnterActivatesANode(FxRobot robot) {
        List<String> entered = new ArrayList<>();
        robot.interact(() -> {
            map.onActivated(entered::add);
            map.select(NODE);
        });
        robot.type(KeyCode.DIGIT1);
        settle();
        assertEquals(DetailLevel.WORLD, map.levelProperty().get());
        robot.type(KeyCode.DIGIT2);
        settle();
        assertEquals(DetailLevel.REGION, map.levelProperty().get());
        robot.type(KeyCode.DIGIT4);
        settle();
        assertEquals(DetailLevel.NODE, map.levelProperty().get());
        robot.type(KeyCode.DIGIT3);
        settle();
        assertEquals(DetailLevel.SITE, map.levelProperty().get());
        robot.type(KeyCode.ENTER);
        settle();
        assertEquals(List.of(NODE), entered);
    }

    @Test
    void clickSelectsAndTheCameraStaysWhenValuesChange(FxRobot robot) throws Exception {
        awaitPictureOf(map.frame());
        int anchor = topology.anchor(NODE).orElseThrow();
        double[] box = map.boundsOf(anchor);
        robot.clickOn(map.localToScreen(box[0] + box[2] / 2, box[1] + box[3] / 2));
        settle();
        assertEquals(NODE, map.selectedProperty().get());
        MapFrame trouble = SeededLattice.troubled(topology, 3);
        robot.interact(() -> map.show(topology, trouble));
        awaitPictureOf(trouble);
        assertEquals(box[0], map.boundsOf(anchor)[0]);
        assertEquals(box[2], map.boundsOf(anchor)[2]);
        robot.interact(() -> map.zoom(1.5, 400, 300));
        assertNotEquals(box[2], map.boundsOf(anchor)[2]);
    }
}
