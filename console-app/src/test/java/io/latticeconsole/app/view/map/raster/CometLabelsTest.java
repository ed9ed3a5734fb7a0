package io.latticeconsole.app.view.map.raster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.map.PlainWords;
import io.latticeconsole.app.view.map.SeededLattice;
import io.latticeconsole.app.view.map.layout.Camera;
import io.latticeconsole.app.view.map.layout.Levels;
import io.latticeconsole.app.view.map.layout.Placement;
import io.latticeconsole.app.view.map.layout.Routes;
import io.latticeconsole.app.view.map.layout.SchematicLayout;
import io.latticeconsole.app.view.map.scene.Comet;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CometLabelsTest {
    private static final int WIDTH = 1300;
    private static final int HEIGHT = 780;
    private static final int LABEL = 48;
    private static final long SECOND = 1_000_000_000L;

    private final MapTopology topology = SeededLattice.topology(96, 7);
    private final Placement placement = SchematicLayout.arrange(topology, WIDTH, HEIGHT);
    private final Routes routes = new Routes(topology, placement);
    private final Camera camera = Camera.fit(placement, WIDTH, HEIGHT, 14, 1.25);
    private final MapScene.Style style = new MapScene.Style(MapPalette.NIGHT, blocks(), new PlainWords());

    /// Letters that are filled squares: enough for a label to have a width and a picture.
    private static GlyphAtlas blocks() {
        byte[] cover = new byte[64];
        Arrays.fill(cover, (byte) 255);
        Map<Character, GlyphAtlas.Glyph> all = new HashMap<>();
        for (char c : "+-0123456789.,/skr ".toCharArray()) {
            all.put(c, new GlyphAtlas.Glyph(cover, 8, 0, -8, 9));
        }
        return new GlyphAtlas(Map.of(GlyphAtlas.Face.TITLE, all));
    }

    private MapScene scene(Comet... comets) {
        return new MapScene(
                topology,
                SeededLattice.quiet(topology, 1).comets(List.of(comets)).build(),
                placement,
                null,
                routes,
                Levels.at(Optional.empty(), topology, placement, camera),
                new MapScene.Look(camera, WIDTH, HEIGHT, false),
                style,
                MapScene.Focus.NONE,
                new MapScene.Clock(SECOND, 0, false));
    }

    private CometLabels labels(MapScene scene) {
        Strokes strokes = new Strokes();
        MarkSprites marks = new MarkSprites(strokes, style.atlas());
        Surface surface = new Surface(WIDTH, HEIGHT);
        Brush brush = new Brush(surface, strokes, marks, style.palette(), style.atlas(), style.words());
        return new CometLabels(brush, scene, new DirtyCells(WIDTH, HEIGHT));
    }

    private float[] way(int from, int to) {
        return routes.between(topology.siteAnchor(from), topology.siteAnchor(to), camera);
    }

    private static Surface draw(MapScene scene) {
        return new MapRaster().draw(scene).orElseThrow().pixels();
    }

    @Test
    void aLabelHidesNoTitleWhereItsWayLeavesRoom() {
        MapScene scene = scene();
        int hiding = 0;
        int ways = 0;
        for (int from = 0; from < topology.siteCount(); from++) {
            for (int to = 0; to < topology.siteCount(); to++) {
                if (from != to) {
                    CometLabels labels = labels(scene);
                    ways++;
                    hiding +=
                            labels.hidesTitle(labels.place(way(from, to), LABEL).orElseThrow()) ? 1 : 0;
                }
            }
        }
        assertTrue(hiding * 20 < ways, hiding + " of " + ways + " labels hide a title");
    }

    @Test
    void noLabelLiesOnAnother() {
        Random random = new Random(11);
        MapScene scene = scene();
        for (int round = 0; round < 50; round++) {
            CometLabels labels = labels(scene);
            List<CometLabels.Box> placed = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(topology.siteCount());
                int to = (from + 1 + random.nextInt(topology.siteCount() - 1)) % topology.siteCount();
                Optional<CometLabels.Box> at = labels.place(way(from, to), LABEL);
                at.ifPresent(box -> assertTrue(placed.stream().noneMatch(box::meets), () -> box + " meets another"));
                at.ifPresent(placed::add);
            }
            assertFalse(placed.size() < 2);
        }
    }

    @Test
    void aCometThatComesLaterDoesNotCrossOutALabel() {
        Comet large = new Comet(topology.siteAnchor(1), topology.siteAnchor(2), 900, 0);
        Comet small = new Comet(topology.siteAnchor(2), topology.siteAnchor(1), 300, 0);
        Surface alone = draw(scene(large));
        Surface both = draw(scene(large, small));
        MapScene scene = scene(large);
        String text = style.words().delta(900);
        int across = (int) style.atlas().width(GlyphAtlas.Face.TITLE, text) + 12;
        CometLabels.Box at = labels(scene).place(way(1, 2), across).orElseThrow();
        for (int y = at.y(); y < at.y() + 18; y++) {
            for (int x = at.x(); x < at.x() + across; x++) {
                assertEquals(alone.pixel(x, y), both.pixel(x, y), "the label's picture at " + x + ", " + y);
            }
        }
        assertFalse(Arrays.equals(alone.pixels(), both.pixels()), "the second comet is drawn elsewhere");
    }
}
