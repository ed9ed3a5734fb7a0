package io.latticeconsole.app.view.map.raster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.map.PlainWords;
import io.latticeconsole.app.view.map.scene.Freshness;
import io.latticeconsole.app.view.map.scene.MapFrame;
import io.latticeconsole.app.view.map.scene.MapTopology;
import io.latticeconsole.app.view.map.scene.Mark;
import io.latticeconsole.lattice.AdminState;
import io.latticeconsole.lattice.Health;
import io.latticeconsole.lattice.Tier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeGlyphTest {
    private static final MapPalette PALETTE = MapPalette.NIGHT;
    private static final MapTopology ONE = one();

    private static MapTopology one() {
        MapTopology.Builder b = new MapTopology.Builder();
        b.region("regions/eu", "Europe", 50, 8);
        b.site(0, "regions/eu/sites/par-1", "PAR-1", Tier.METRO, 48.9, 2.4);
        b.node(0, "regions/eu/sites/par-1/nodes/n1", "n1");
        return b.build();
    }

    private static MapFrame.Builder within() {
        MapFrame.Builder b = new MapFrame.Builder(ONE).condition(0, Health.UP, AdminState.SERVING, Freshness.FRESH);
        for (Mark mark : Mark.values()) {
            b.mark(0, mark, 0.5, 0, 1);
        }
        return b;
    }

    private static Surface drawn(MapFrame frame, int w, int h) {
        Surface s = new Surface(w + 8, h + 8);
        s.clear(PALETTE.room());
        Strokes strokes = new Strokes();
        Brush brush = new Brush(
                s, strokes, new MarkSprites(strokes, GlyphAtlas.EMPTY), PALETTE, GlyphAtlas.EMPTY, new PlainWords());
        NodeGlyph.draw(brush, frame, 0, "n1", 4, 4, w, h);
        return s;
    }

    private static int count(Surface s, int rgb) {
        int n = 0;
        for (int p : s.pixels()) {
            n += (p & 0xFFFFFF) == rgb ? 1 : 0;
        }
        return n;
    }

    /// Topmost and lowest row of a colour, -1 when it is not there.
    private static int[] rows(Surface s, int rgb) {
        int top = -1;
        int bottom = -1;
        for (int y = 0; y < s.height(); y++) {
            for (int x = 0; x < s.width(); x++) {
                if ((s.pixel(x, y) & 0xFFFFFF) == rgb) {
                    top = top < 0 ? y : top;
                    bottom = y;
                }
            }
        }
        return new int[] {top, bottom};
    }

    @ParameterizedTest
    @CsvSource({"7,7", "10,9", "20,16", "49,41", "96,80"})
    void healthyNodeHasFourGreyDashesInALineAndNoAlarmColour(int w, int h) {
        Surface s = drawn(within().build(), w, h);
        for (int p = 1; p <= 4; p++) {
            assertEquals(0, count(s, PALETTE.priority(p)));
        }
        int dashes = count(s, PALETTE.text());
        assertTrue(dashes >= 4 && dashes % 4 == 0, dashes + " pixels of dashes");
        int[] rows = rows(s, PALETTE.text());
        assertTrue(rows[1] - rows[0] < 4, "the line is level");
    }

    @ParameterizedTest
    @CsvSource({"7,7", "20,16", "49,41"})
    void valueAboveItsBandTakesThePriorityColourWithACapAtTheTop(int w, int h) {
        Surface s = drawn(
                within().mark(0, Mark.TEMPERATURE, 1.4, 0, 1).priority(0, 2).build(), w, h);
        assertTrue(count(s, PALETTE.p2()) > 0);
        int middle = rows(s, PALETTE.text())[0];
        assertTrue(rows(s, PALETTE.p2())[1] < middle, "above the dashes of the others");
    }

    @ParameterizedTest
    @CsvSource({"7,7", "20,16", "49,41"})
    void valueBelowItsBandTakesThePriorityColourWithACapAtTheFoot(int w, int h) {
        Surface s =
                drawn(within().mark(0, Mark.POWER, -0.4, 0, 1).priority(0, 3).build(), w, h);
        assertTrue(rows(s, PALETTE.p3())[0] > rows(s, PALETTE.text())[1], "below the dashes of the others");
    }

    @Test
    void hotWorkThatIsExpectedStaysGrey() {
        Surface s = drawn(
                within().mark(0, Mark.TEMPERATURE, 78, 60, 80).priority(0, 1).build(), 49, 41);
        assertEquals(0, count(s, PALETTE.p1()));
    }

    @ParameterizedTest
    @CsvSource({"7,7", "49,41"})
    void noReadingLeavesItsBarEmpty(int w, int h) {
        int all = count(drawn(within().build(), w, h), PALETTE.text());
        int three = count(drawn(within().mark(0, Mark.LATENCY, Double.NaN, 0, 1).build(), w, h), PALETTE.text());
        assertEquals(all * 3 / 4, three);
    }

    @ParameterizedTest
    @CsvSource({"7,7", "49,41"})
    void nodeThatIsDownIsCrossedAndShowsNoValues(int w, int h) {
        Surface s = drawn(
                within().condition(0, Health.DOWN, AdminState.SERVING, Freshness.FRESH)
                        .build(),
                w,
                h);
        assertTrue(count(s, PALETTE.p1()) >= w, "a stroke from corner to corner, twice");
        assertEquals(0, count(s, PALETTE.text()));
    }

    @Test
    void outlineTellsFreshFromStaleFromUnreachable() {
        int fresh = edge(Freshness.FRESH, PALETTE.lineStrong());
        int stale = edge(Freshness.STALE, PALETTE.text());
        int unreachable = edge(Freshness.UNREACHABLE, PALETTE.text());
        assertTrue(fresh > stale && stale > unreachable && unreachable > 10, fresh + " " + stale + " " + unreachable);
    }

    private static int edge(Freshness freshness, int rgb) {
        MapFrame.Builder b = within().condition(0, Health.UP, AdminState.SERVING, freshness);
        for (Mark mark : Mark.values()) {
            b.mark(0, mark, Double.NaN, 0, 1);
        }
        return count(drawn(b.build(), 49, 41), rgb);
    }

    @Test
    void whatLooksDifferentHasAnotherSignature() {
        long usual = NodeGlyph.signature(within().build(), 0, 41);
        assertEquals(
                usual,
                NodeGlyph.signature(within().mark(0, Mark.POWER, 0.5001, 0, 1).build(), 0, 41));
        assertNotEquals(
                usual,
                NodeGlyph.signature(within().mark(0, Mark.POWER, 0.7, 0, 1).build(), 0, 41));
        assertNotEquals(
                usual,
                NodeGlyph.signature(
                        within().mark(0, Mark.POWER, Double.NaN, 0, 1).build(), 0, 41));
        assertNotEquals(usual, NodeGlyph.signature(within().armed(0, true).build(), 0, 41));
        assertNotEquals(usual, NodeGlyph.signature(within().priority(0, 4).build(), 0, 41));
    }
}
