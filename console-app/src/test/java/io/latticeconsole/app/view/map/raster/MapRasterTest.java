package io.latticeconsole.app.view.map.raster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.bench.calm.Chroma;
import io.latticeconsole.app.view.map.PlainWords;
import io.latticeconsole.app.view.map.SeededLattice;
import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.Levels;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.layout.Routes;
import io.latticeconsole.app.view.map.layout.SchematicLayout;
import io.latticeconsole.app.view.map.scene.Comet;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MapRasterTest {
    private static final int WIDTH = 1300;
    private static final int HEIGHT = 780;
    private static final long SECOND = 1_000_000_000L;

    private final MapTopology topology = SeededLattice.topology(96, 7);
    private final Placement placement = SchematicLayout.arrange(topology, WIDTH, HEIGHT);
    private final Routes routes = new Routes(topology, placement);
    private final Camera camera = Camera.fit(placement, WIDTH, HEIGHT, 14, 1.25);
    private final Levels levels = Levels.at(Optional.empty(), topology, placement, camera);
    private final MapScene.Style style = new MapScene.Style(MapPalette.NIGHT, GlyphAtlas.EMPTY, new PlainWords());
    private final MapRaster raster = new MapRaster();

    private MapScene scene(MapFrame frame, MapScene.Focus focus, long now) {
        MapScene.Look look = new MapScene.Look(camera, WIDTH, HEIGHT, false);
        return new MapScene(
                topology,
                frame,
                placement,
                null,
                routes,
                levels,
                look,
                style,
                focus,
                new MapScene.Clock(now, 0, false));
    }

    private MapScene scene(MapFrame frame) {
        return scene(frame, MapScene.Focus.NONE, 0);
    }

    @Test
    void nothingIsDrawnWhenNothingChanged() {
        assertTrue(raster.draw(scene(SeededLattice.quiet(topology, 1).build())).isPresent());
        assertTrue(raster.draw(scene(SeededLattice.quiet(topology, 1).build(), MapScene.Focus.NONE, 60 * SECOND))
                .isEmpty());
        assertEquals(1, raster.basesDrawn());
    }

    @Test
    void oneChangedNodeChangesOnlyPixelsAroundIt() {
        Surface before = copy(raster.draw(scene(SeededLattice.quiet(topology, 1).build())));
        int node = 40;
        MapFrame next = SeededLattice.quiet(topology, 1)
                .mark(node, Mark.TEMPERATURE, 99, 45, 70)
                .priority(node, 1)
                .build();
        MapRaster.Picture picture = raster.draw(scene(next)).orElseThrow();
        assertEquals(1, raster.basesDrawn());
        int[] box = OverlayLayer.box(scene(next), topology.nodeAnchor(node));
        int changed = 0;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                if (before.pixel(x, y) != picture.pixels().pixel(x, y)) {
                    changed++;
                    assertTrue(x >= box[0] - 14
                            && x <= box[0] + box[2] + 14
                            && y >= box[1] - 14
                            && y <= box[1] + box[3] + 14);
                }
            }
        }
        assertTrue(changed > 20, changed + " pixels");
    }

    @Test
    void manyPicturesLaterABufferStillEqualsADrawingFromNothing() {
        MapFrame last = SeededLattice.troubled(topology, 4);
        for (long seed = 1; seed <= 6; seed++) {
            raster.draw(scene(SeededLattice.quiet(topology, seed).build()));
            raster.draw(scene(SeededLattice.troubled(topology, seed), new MapScene.Focus(9, 30, true), seed * SECOND));
        }
        MapScene scene = scene(last, new MapScene.Focus(12, -1, false), 3 * SECOND);
        Surface worn = copy(raster.draw(scene));
        Surface fresh = copy(new MapRaster().draw(scene));
        assertEquals(0, differences(worn, fresh));
    }

    @Test
    void selectionIsDrawnAndWipedAgain() {
        MapFrame frame = SeededLattice.quiet(topology, 1).build();
        Surface plain = copy(raster.draw(scene(frame)));
        Surface selected = copy(raster.draw(scene(frame, new MapScene.Focus(topology.nodeAnchor(3), -1, false), 0)));
        assertTrue(differences(plain, selected) > 100);
        assertEquals(0, differences(plain, copy(raster.draw(scene(frame)))));
    }

    @Test
    void cometsMoveAndAreGoneAfterEightSeconds() {
        MapFrame frame = SeededLattice.quiet(topology, 1)
                .comets(List.of(new Comet(topology.siteAnchor(1), topology.siteAnchor(2), 300, 0)))
                .build();
        Surface early = copy(raster.draw(scene(frame, MapScene.Focus.NONE, SECOND)));
        Surface later = copy(raster.draw(scene(frame, MapScene.Focus.NONE, 2 * SECOND)));
        assertTrue(differences(early, later) > 30);
        raster.draw(scene(frame, MapScene.Focus.NONE, 9 * SECOND));
        assertTrue(raster.draw(scene(frame, MapScene.Focus.NONE, 10 * SECOND)).isEmpty());
    }

    @Test
    void aQuietDayIsGrey() {
        Surface s = raster.draw(scene(SeededLattice.quiet(topology, 1).build()))
                .orElseThrow()
                .pixels();
        int grey = 0;
        for (int p : s.pixels()) {
            grey += Chroma.of(p) < 8 ? 1 : 0;
        }
        assertTrue(grey >= 0.98 * WIDTH * HEIGHT, 100.0 * grey / (WIDTH * HEIGHT) + " % of pixels are grey");
    }

    @Test
    void aQuietMinuteHardlyMoves() {
        Surface before = copy(raster.draw(scene(SeededLattice.quiet(topology, 1).build())));
        MapFrame.Builder next = SeededLattice.quiet(topology, 1);
        for (int n = 0; n < topology.nodeCount(); n++) {
            next.mark(n, Mark.POWER, 600 + n % 5, 300, 900);
        }
        Optional<MapRaster.Picture> picture = raster.draw(scene(next.build()));
        assertTrue(picture.isPresent());
        MapFrame.Builder drift = SeededLattice.quiet(topology, 1);
        for (int n = 0; n < topology.nodeCount(); n++) {
            drift.mark(n, Mark.POWER, 601 + n % 5, 300, 900);
        }
        Surface middle = copy(picture);
        Surface after = copy(raster.draw(scene(drift.build())).or(() -> picture));
        assertTrue(differences(middle, after) < 0.001 * WIDTH * HEIGHT);
        assertTrue(differences(before, middle) > 0);
    }

    @Test
    void oneBadNodeOfTwoThousandStandsOutInGreyscale() {
        MapTopology large = SeededLattice.topology(2_000, 3);
        Placement places = SchematicLayout.arrange(large, WIDTH, HEIGHT);
        Camera all = Camera.fit(places, WIDTH, HEIGHT, 14, 1.25);
        Levels detail = Levels.at(Optional.empty(), large, places, all);
        int bad = 1_234;
        Surface[] pictures = new Surface[2];
        for (int i = 0; i < 2; i++) {
            MapFrame.Builder b = SeededLattice.quiet(large, 1);
            if (i == 1) {
                b.priority(bad, 1).mark(bad, Mark.TEMPERATURE, 99, 45, 70);
            }
            MapScene.Look look = new MapScene.Look(all, WIDTH, HEIGHT, false);
            pictures[i] = new MapRaster()
                    .draw(new MapScene(
                            large,
                            b.build(),
                            places,
                            null,
                            new Routes(large, places),
                            detail,
                            look,
                            style,
                            MapScene.Focus.NONE,
                            new MapScene.Clock(0, 0, false)))
                    .orElseThrow()
                    .pixels();
        }
        int strong = 0;
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int contrast = Math.abs(Chroma.luma(pictures[0].pixels()[i])
                    - Chroma.luma(pictures[1].pixels()[i]));
            strong += contrast > 60 ? 1 : 0;
        }
        assertTrue(strong >= 25, strong + " pixels differ strongly in lightness");
    }

    @Test
    void anotherLatticeAndSizeAreDrawnWithoutRemains() {
        raster.draw(scene(SeededLattice.troubled(topology, 2)));
        assertFalse(raster.draw(scene(SeededLattice.quiet(topology, 1).build())).isEmpty());
    }

    private static Surface copy(Optional<MapRaster.Picture> picture) {
        Surface from = picture.orElseThrow().pixels();
        Surface to = new Surface(from.width(), from.height());
        to.copy(from, 0, 0, from.width(), from.height());
        return to;
    }

    private static int differences(Surface a, Surface b) {
        int n = 0;
        for (int i = 0; i < a.pixels().length; i++) {
            n += a.pixels()[i] == b.pixels()[i] ? 0 : 1;
        }
        return n;
    }
}
