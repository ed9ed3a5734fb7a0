package io.latticeconsole.app.view.map.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.map.SeededLattice;
import io.latticeconsole.app.view.map.scene.MapTopology;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrangementTest {
    @ParameterizedTest
    @ValueSource(ints = {12, 96, 137, 1_000, 4_321, 10_000})
    void schematicRoomsAndTilesDoNotOverlap(int nodes) {
        for (long seed = 1; seed <= 3; seed++) {
            MapTopology topology = SeededLattice.topology(nodes, seed);
            assertApart(topology, SchematicLayout.arrange(topology, 1300, 760));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 96, 137, 1_000, 10_000})
    void geographicRoomsAndTilesDoNotOverlap(int nodes) {
        for (long seed = 1; seed <= 3; seed++) {
            MapTopology topology = SeededLattice.topology(nodes, seed);
            assertApart(topology, GeographicLayout.arrange(topology, 1.7).placement());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 96, 1_000, 10_000})
    void everythingFitsTheWindowWithNodesThatCanBeTold(int nodes) {
        MapTopology topology = SeededLattice.topology(nodes, 5);
        Placement p = SchematicLayout.arrange(topology, 1880, 1040);
        Camera camera = Camera.fit(p, 1920, 1080, 14, 1.25);
        assertTrue(p.width() * camera.scale() <= 1920 && p.height() * camera.scale() <= 1080);
        assertTrue(RoomGrid.TILE_W * camera.scale() >= 7, "tile of " + RoomGrid.TILE_W * camera.scale() + " px");
    }

    /// A lattice as high as its window leaves no margins at its sides while its tiles are narrow.
    @Test
    void tilesTakeTheRoomAtBothSidesUpToHalfAsWideAgain() {
        MapTopology topology = SeededLattice.topology(96, 5);
        double former = 0;
        for (int width = 700; width <= 2_400; width += 100) {
            Placement p = SchematicLayout.arrange(topology, width, 640);
            float tile = p.tileWidth(0);
            assertTrue(tile >= RoomGrid.TILE_W && tile <= 1.5 * RoomGrid.TILE_W, "tile of " + tile);
            double scale = Math.min(width / p.width(), 640 / p.height());
            boolean room = width - p.width() * scale > 0.05 * width;
            assertTrue(!room || tile == 1.5 * RoomGrid.TILE_W, "room left at " + width + " with tiles of " + tile);
            former = Math.max(former, tile);
        }
        assertEquals(1.5 * RoomGrid.TILE_W, former);
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 1_000})
    void regionsStandFromWestToEast(int nodes) {
        MapTopology topology = SeededLattice.topology(nodes, 5);
        Placement p = SchematicLayout.arrange(topology, 1300, 760);
        Integer[] byX = new Integer[topology.regionCount()];
        Arrays.setAll(byX, i -> i);
        Arrays.sort(byX, Comparator.comparingDouble(r -> p.regionX(r)));
        assertEquals("North America West", topology.region(byX[0]).title());
        assertEquals("Asia Pacific", topology.region(byX[4]).title());
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 96, 1_000})
    void pickingAgreesWithLookingAtEveryObject(int nodes) {
        MapTopology topology = SeededLattice.topology(nodes, 9);
        for (Placement p : new Placement[] {
            SchematicLayout.arrange(topology, 1300, 760),
            GeographicLayout.arrange(topology, 1.7).placement()
        }) {
            PickGrid grid = new PickGrid(topology, p);
            Random random = new Random(nodes);
            int hits = 0;
            for (int i = 0; i < 3_000; i++) {
                double x = (random.nextDouble() * 1.2 - 0.1) * p.width();
                double y = (random.nextDouble() * 1.2 - 0.1) * p.height();
                int expected = topmost(topology, p, x, y);
                hits += expected == PickGrid.NOTHING ? 0 : 1;
                assertEquals(expected, grid.pick(x, y), "at " + x + ", " + y);
            }
            assertTrue(hits > 100, "only " + hits + " points met anything");
        }
    }

    private static int topmost(MapTopology topology, Placement p, double x, double y) {
        for (int a = topology.anchorCount() - 1; a >= 0; a--) {
            if (PickGrid.covers(topology, p, a, x, y)) {
                return a;
            }
        }
        return PickGrid.NOTHING;
    }

    private static void assertApart(MapTopology t, Placement p) {
        for (int a = 0; a < t.siteCount(); a++) {
            for (int b = a + 1; b < t.siteCount(); b++) {
                boolean apart = p.siteX(a) + p.siteWidth(a) <= p.siteX(b)
                        || p.siteX(b) + p.siteWidth(b) <= p.siteX(a)
                        || p.siteY(a) + p.siteHeight(a) <= p.siteY(b)
                        || p.siteY(b) + p.siteHeight(b) <= p.siteY(a);
                assertTrue(apart, t.site(a).code() + " overlaps " + t.site(b).code());
            }
            assertInside(t, p, a);
        }
    }

    private static void assertInside(MapTopology t, Placement p, int site) {
        float w = p.tileWidth(site);
        float h = p.tileHeight(site);
        for (int i = 0; i < t.nodesAt(site); i++) {
            int n = t.nodeAt(site, i);
            assertTrue(p.nodeX(n) >= p.siteX(site) && p.nodeX(n) + w <= p.siteX(site) + p.siteWidth(site));
            assertTrue(p.nodeY(n) >= p.siteY(site) + p.header() - 0.1);
            assertTrue(p.nodeY(n) + h <= p.siteY(site) + p.siteHeight(site));
            for (int k = 0; k < i; k++) {
                int m = t.nodeAt(site, k);
                assertTrue(Math.abs(p.nodeX(n) - p.nodeX(m)) >= w || Math.abs(p.nodeY(n) - p.nodeY(m)) >= h);
            }
        }
    }
}
