package io.latticeconsole.app.view.map.raster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.latticeconsole.app.view.map.scene.DeadBand;
import java.awt.geom.Path2D;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final int SIZE = 60;

    @Test
    void polygonCoverageEqualsManySamplesPerPixel() {
        Random random = new Random(11);
        Polygon polygon = new Polygon();
        for (int round = 0; round < 40; round++) {
            float[] xy = round % 2 == 0 ? triangle(random) : arch(random);
            int points = xy.length / 2;
            Surface s = new Surface(SIZE, SIZE);
            s.clear(0);
            polygon.fill(s, xy, points, 0xFFFFFF, 1);
            Path2D path = new Path2D.Double();
            path.moveTo(xy[0], xy[1]);
            for (int i = 1; i < points; i++) {
                path.lineTo(xy[2 * i], xy[2 * i + 1]);
            }
            path.closePath();
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    double expected = samples(path, x, y);
                    double actual = (s.pixel(x, y) & 0xFF) / 255.0;
                    assertEquals(expected, actual, 0.09, "shape " + round + " at " + x + ", " + y);
                }
            }
        }
    }

    private static float[] triangle(Random random) {
        float[] xy = new float[6];
        for (int i = 0; i < xy.length; i++) {
            xy[i] = random.nextFloat() * 90 - 15;
        }
        return xy;
    }

    /// Two legs and a beam, thin beside the box around them, as flows on the schematic are.
    private static float[] arch(Random random) {
        float x = random.nextFloat() * 60 - 25;
        float y = random.nextFloat() * 60 - 25;
        float w = 20 + random.nextFloat() * 40;
        float h = 20 + random.nextFloat() * 40;
        float t = 1 + random.nextFloat() * 6;
        return new float[] {
            x, y, x + w, y, x + w, y + h, x + w - t, y + h, x + w - t, y + t, x + t, y + t, x + t, y + h, x, y + h
        };
    }

    private static double samples(Path2D path, int x, int y) {
        int in = 0;
        for (int i = 0; i < 256; i++) {
            in += path.contains(x + (i % 16 + 0.5) / 16, y + (Math.floorDiv(i, 16) + 0.5) / 16) ? 1 : 0;
        }
        return in / 256.0;
    }

    @Test
    void linesStayWithinTheClipAndMeetTheirEnds() {
        Random random = new Random(5);
        for (int round = 0; round < 4_000; round++) {
            Surface s = new Surface(SIZE, SIZE);
            s.clear(0);
            s.clip(10, 12, 50, 47);
            float x0 = random.nextFloat() * 200 - 70;
            float y0 = random.nextFloat() * 200 - 70;
            float x1 = random.nextFloat() * 200 - 70;
            float y1 = random.nextFloat() * 200 - 70;
            Lines.opaque(s, x0, y0, x1, y1, 0xFFFFFF);
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    if ((s.pixel(x, y) & 0xFF) != 0) {
                        assertTrue(x >= 10 && x < 50 && y >= 12 && y < 47, "outside the clip at " + x + ", " + y);
                        assertTrue(distance(x0, y0, x1, y1, x + 0.5, y + 0.5) < 1.6, "off the line");
                    }
                }
            }
        }
    }

    private static double distance(double x0, double y0, double x1, double y1, double x, double y) {
        double l = Math.hypot(x1 - x0, y1 - y0);
        return Math.abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / l;
    }

    @Test
    void flowWidthFollowsItsFormulaUpToNinePixels() {
        assertEquals(0, DeadBand.width(0));
        assertEquals(1 + 1.6 * Math.log10(101), DeadBand.width(100), 1e-9);
        assertEquals(9, DeadBand.width(1e9));
    }
}
